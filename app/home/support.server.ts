// What waits for a volunteer, and for the one who guides volunteers?
import { z } from 'zod'
import { waitingForMe } from '../access/two-people/confirmations.server.ts'
import { today } from '../core/clock.server.ts'
import { query } from '../core/operation.server.ts'
import { settingsOn } from '../core/settings.server.ts'
import { proposalsWaiting } from '../matching/home.server.ts'
import { materialsNow } from '../materials/materials.server.ts'
import { unsignedIn } from '../papers/due/due.server.ts'
import { supervisionDigest } from '../supervision/digest.server.ts'
import { volunteerSelf } from '../supervision/own.server.ts'
import { unseenCheckins } from '../supervision/wellbeing/checkins.server.ts'
import { supportsAway } from '../support/away/away.server.ts'
import { unreadEntries } from '../support/feedback/readings.server.ts'
import { supervisorHome, supportHome } from '../support/home.server.ts'
import { overdueOutings, ownOutings } from '../support/outing/outings.server.ts'
import { lapsingEvidence } from '../volunteers/care.server.ts'
import { hasTold } from '../volunteers/circle/circle.server.ts'
import { unreadMessages } from '../volunteers/message/own.server.ts'

export const openVolunteerHome = query(
  'home.volunteer',
  { roles: ['volunteer'], input: z.object({}) },
  async (db, _input, me) => ({
    today: today(),
    proposals: await proposalsWaiting(db),
    circleTold: await hasTold(db),
    ...(await supportHome(db, me)),
    ...(await volunteerSelf(db, me)),
    unsigned: (await unsignedIn(db)).length,
    unread: await unreadMessages(db, me),
    materials: await materialsNow(db, me),
    outings: await ownOutings(db, me),
    longer: (await settingsOn(db)).outingLongerMinutes,
  }),
)
export type VolunteerFacts = Awaited<ReturnType<typeof openVolunteerHome.run>>

export const openSupervisorHome = query(
  'home.supervisor',
  { roles: ['supervisor'], input: z.object({}) },
  async (db, _input, me) => ({
    ...{ today: today(), toConfirm: await waitingForMe(db), missing: await overdueOutings(db, me) },
    ...(await supervisorHome(db)),
    digest: await supervisionDigest(db, me),
    unread: await unreadEntries(db, me),
    unreadDays: (await settingsOn(db)).unreadDays,
    checkins: await unseenCheckins(db),
    away: await supportsAway(db),
    lapses: await lapsingEvidence(db),
  }),
)
export type SupervisorFacts = Awaited<ReturnType<typeof openSupervisorHome.run>>
