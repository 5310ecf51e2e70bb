// What does the process do by itself?

import { browserLetters } from './access/new-browser/letters.server.ts'
import { askedForgotten } from './access/two-people/changes.server.ts'
import { ownCodes } from './access/walls/own-codes.server.ts'
import { waysIn } from './access/ways/ways.server.ts'
import { checkpointJob } from './audit/checkpoint/checkpoints.server.ts'
import { wallAlarms, wallsMissing } from './audit/walls/walls.server.ts'
import { baitsKept } from './audit/watch/baits.server.ts'
import { glassAlarms, glassReviews } from './cases/break-glass/watch.server.ts'
import { linksCompared, linksTold } from './cases/links/links.server.ts'
import { caseReminders } from './cases/tasks.server.ts'
import { transferReminders } from './cases/transfer/clock.server.ts'
import { rulesGoneThrough } from './cases/views/rounds.server.ts'
import { reachPublished } from './evaluation/reach/reach.server.ts'
import { samplesPublished } from './evaluation/sample/country.server.ts'
import { devicesForgotten } from './field/devices.server.ts'
import { agendasClose } from './meetings/agenda/arrange.server.ts'
import { chairReminders } from './meetings/chair/chair.server.ts'
import { actionReminders } from './meetings/plan/actions.server.ts'
import { researchReminders } from './meetings/research/research.server.ts'
import { viewReminders } from './meetings/view/views.server.ts'
import { type Job, mailJob } from './process/jobs.server.ts'
import { pressedForgotten } from './process/pressed.server.ts'
import { applicantsForgotten } from './recruitment/forgetting.server.ts'
import { capacityPublished } from './reports/capacity/capacity.server.ts'
import { erasuresFallDue } from './safekeeping/erasure/due.server.ts'
import { dutiesMove } from './supervision/duty.server.ts'
import { weekLetters } from './supervision/week.server.ts'
import { concernReminders } from './support/concern/concerns.server.ts'
import { laddersClimb } from './support/outing/ladder.server.ts'
import { reportsDue } from './support/report/overdue.server.ts'
import { evidenceLapses } from './volunteers/care.server.ts'

export const jobs: Job[] = [
  laddersClimb,
  browserLetters,
  mailJob,
  pressedForgotten,
  askedForgotten,
  checkpointJob,
  ownCodes,
  waysIn,
  wallAlarms,
  wallsMissing,
  rulesGoneThrough,
  baitsKept,
  glassAlarms,
  glassReviews,
  caseReminders,
  linksTold,
  linksCompared,
  transferReminders,
  agendasClose,
  viewReminders,
  researchReminders,
  actionReminders,
  chairReminders,
  evidenceLapses,
  applicantsForgotten,
  devicesForgotten,
  reportsDue,
  concernReminders,
  dutiesMove,
  weekLetters,
  erasuresFallDue,
  reachPublished,
  capacityPublished,
  samplesPublished,
]
