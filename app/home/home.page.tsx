// Which first page does this person have: what waits for them today?
import { Refused } from '../core/errors.ts'
import { get, type Page, signedIn } from '../core/page.tsx'
import { mainRole, type Role } from '../core/user.ts'
import { openCoordinatorHome } from './coordinator/coordinator.server.ts'
import { CoordinatorHome } from './coordinator/coordinator.tsx'
import { openNetworkHome } from './network.server.ts'
import { NetworkHome } from './network.tsx'
import {
  openAdminHome,
  openAuditorHome,
  openManagerHome,
  openSteeringHome,
  openTrainerHome,
} from './oversight.server.ts'
import { AdminHome, AuditorHome, TrainerHome } from './oversight.tsx'
import { openReferrerHome } from './referrer/referrer.server.ts'
import { ReferrerHome } from './referrer/referrer.tsx'
import { ManagerHome, SteeringHome } from './steering.tsx'
import { SupervisorHome } from './supervisor.tsx'
import { openSupervisorHome, openVolunteerHome } from './support.server.ts'
import { VolunteerHome } from './volunteer.tsx'

const title = 'home.tab'
const network = get(openNetworkHome, { title, body: (page) => <NetworkHome page={page} /> })

const homes: Partial<Record<Role, Page>> = {
  coordinator: get(openCoordinatorHome, { title, body: (page) => <CoordinatorHome page={page} /> }),
  manager: get(openManagerHome, { title, body: (page) => <ManagerHome page={page} /> }),
  lead: network,
  member: network,
  supervisor: get(openSupervisorHome, { title, body: (page) => <SupervisorHome page={page} /> }),
  volunteer: get(openVolunteerHome, { title, body: (page) => <VolunteerHome page={page} /> }),
  trainer: get(openTrainerHome, { title, body: (page) => <TrainerHome page={page} /> }),
  steering: get(openSteeringHome, { title, body: (page) => <SteeringHome page={page} /> }),
  auditor: get(openAuditorHome, { title, body: (page) => <AuditorHome page={page} /> }),
  referrer: get(openReferrerHome, { title, body: (page) => <ReferrerHome page={page} /> }),
  admin: get(openAdminHome, { title, body: (page) => <AdminHome page={page} /> }),
}

/** One address, and behind it the page of the role that decides what the frame offers. */
export const homePage: Page = {
  operations: [...new Set(Object.values(homes))].flatMap((home) => home.operations),
  get: async (c) => {
    const role = mainRole(signedIn(c))
    const home = role ? homes[role] : undefined
    if (!home?.get) throw new Refused()
    return home.get(c)
  },
}
