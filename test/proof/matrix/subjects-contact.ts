// Who writes how she may be reached, who plans to, who asks her, and who takes somebody out of a case?
import type { Actor } from './actors.ts'
import { guides, helps, ofNetwork, own, type Subject, stands } from './subject.ts'

const outing = { things: 'helped', names: { id: 'outing' } }
const looks = (who: Actor, of: Record<string, unknown>) => guides(who, of) || who.role === 'coordinator'

// How she may be reached is written by the lead, and by who brought the case: here that is the lead. A member has planned nothing.
export const contactSubjects: Subject[] = [
  ...['/cases/:id/contact/edit', '/cases/:id/contact/:plan/withdraw'].map((at) => ({
    ...{ at, things: 'cases', names: { plan: 'contactPlan' } },
    may: (who: Actor, of: Record<string, unknown>) => !stands(who, of) && ofNetwork(who, of) && who.role === 'lead',
  })),
  // Asked before a meeting by whoever leads; in this world nobody else speaks for victim support.
  {
    at: '/meetings/:id/view/:case',
    things: 'agenda',
    may: (who, of) => !stands(who, of) && ofNetwork(who, of) && who.role === 'lead',
  },
  {
    ...{ at: '/cases/:id/people/:person/withdraw', things: 'cases', names: { person: 'adult' } },
    may: (who, of) => !stands(who, of) && ofNetwork(who, of),
  },
  {
    ...{ at: '/assignments/:id/contact', things: 'cases', names: { id: 'assignment', plan: 'nextPlan' } },
    may: (who, of) => !stands(who, of) && helps(who, of) && of.support === 'active',
  },
  // From where she is expected back: hers to say, also when the help has ended meanwhile; to look for her is for who guides her and the coordinator.
  { ...outing, at: '/outings/:id', may: (who, of) => !stands(who, of) && (helps(who, of) || looks(who, of)) },
  { ...outing, at: '/outings/:id/press', may: (who, of) => !stands(who, of) && helps(who, of) },
  { ...outing, at: '/outings/:id/answer', may: (who, of) => !stands(who, of) && looks(who, of) },
  // Written down while the help lasts.
  {
    ...{ at: '/outings/:outing/visit', things: 'helped' },
    may: (who, of) => !stands(who, of) && helps(who, of) && of.support === 'active',
  },
  // None of these is a drill.
  { ...outing, at: '/outings/:id/stop', may: () => false },
  // What proves her word is her network's own to look at; the picture of it is that of another word than the one that still waits for a picture.
  { at: '/cases/:id/sharing/proof/:word', things: 'cases', may: (who, of) => !stands(who, of) && ofNetwork(who, of) },
  {
    ...{ at: '/cases/:id/sharing/proof/:word/picture', things: 'cases', names: { word: 'pictured' } },
    may: (who, of) => !stands(who, of) && ofNetwork(who, of),
  },
  // Who brought a case from outside is known to its network; whoever did adds to it, and hears nothing of a wall.
  { at: '/cases/:id/referred', things: 'brought', may: (who, of) => !stands(who, of) && ofNetwork(who, of) },
  { at: '/referrals/:id', things: 'brought', names: { id: 'referral' }, may: own },
]
