// Which way can no branch of the oracle go, in any world that there could be – or in none that is invented, and why not?

/** By name and way: `rules/cases.ts keys.import: batch !== undefined → no`. */
export const settled: { names: RegExp; why: string }[] = [
  {
    names:
      /: (?:!(?:assignment|file|rule) → yes|(?:of|report|batch|row|round|whose)(?: !== (?:undefined|null))? → no|\(?row\)? === null → yes)$/,
    why: 'what a row points at is there, and where there is no row nothing is tried',
  },
  {
    names: /: \(?\(?[ab]\.|byBarredPassword\.last: |\? (?:-1 : 1|1 : -1)/,
    why: 'which of two comes first in a list is no rule',
  },
  {
    names:
      /^rules\/\w+\.ts (?:fromReferral|isOwn): rights\.me !== null → no|byMyself: mine === null → yes|byAgency: mine === null → yes/,
    why: 'whoever is of a network is signed in and sits there',
  },
  {
    names: /byAgency\.here: \['lead', 'member'\].*→ no/,
    why: 'of a network somebody is lead or member and nothing else: the table says so',
  },
  { names: /dutiesOf: !inOffice\(facts, me\) → yes/, why: 'asked only of whoever is a supervisor today' },
  { names: /lapsed\.held: session\?\.held_on → no/, why: 'whoever came to a talk came to one that was held' },
  { names: /rightsOf\.lent: held\.length > 0 → no/, why: 'whoever stands in holds a role: that is asked before' },
  {
    names: /helpOf\.of: row\.case_id → no|unanswered: !end_on → yes/,
    why: 'a support has a case, and one that has ended a last day',
  },
  {
    names: /given: (?:accepted|rights\.networks\.has\(row).*→ no/,
    why: 'a row of mine about a case that is elsewhere went there from here',
  },
  {
    names: /received: leads\(rights, \{ network_id: row\.to_network_id \?\? null \}\) → no/,
    why: 'in these worlds a case goes over once',
  },
  { names: /meeting_attendance: seesMeeting.*→ no/, why: 'whoever came to a meeting was invited to it' },
  {
    names: /isKeptFrom: file\.status === 'closed' → yes/,
    why: 'what is closed stood on an agenda in these worlds; test/policies-closing tries the other',
  },
  {
    names: /^rules\/cases\.ts transfer: !byGlass.*→ no/,
    why: 'in these worlds an emergency is not opened where a transfer is shut',
  },
  { names: /seenByNetwork: row\.actor !== null → no/, why: 'whoever was refused is somebody' },
  {
    names: /^rules\/reading\.ts wall: row\.lift_asked_by === rights\.me → yes/,
    why: 'an auditor asks, and this is asked of an administrator who is none',
  },
  {
    names: /agencyOf\.posts: \(row\.valid_from \?\? ''\) <= facts\.today → no/,
    why: 'nobody whose time is to come chairs a meeting',
  },
  { names: /chairOf\.next: row\.phase === 'held' → no/, why: 'what is not held was found before' },
  {
    names: /^rules\/meetings\.ts asks: inNetwork\(rights, row\) → no/,
    why: 'asked of what is one’s own network’s alone',
  },
  {
    names: /^rules\/cases\.ts judgesInstead: !inPerson → yes/,
    why: 'at another’s desk nobody is an administrator',
  },
  {
    names: /^rules\/cases\.ts judgesInstead: !walled\.has\(me\) → no/,
    why: 'whoever stands before a wall is asked about nothing of the case',
  },
  { names: /flagPassed: !since → yes/, why: 'what came of a case came on a day' },
  {
    names: /^writing\/.*(?:confirmTerm|askReopening)\.\w+: given\.rights\.inPerson → no/,
    why: 'at another’s desk nobody is an administrator',
  },
  {
    names: /^writing\/cases\/contact\.ts reached: leads\(rights, row\) → no/,
    why: 'a closed case is its lead’s alone, and nobody helps in it: that is asked before',
  },
  {
    names: /^writing\/cases\/contact\.ts planOfHelper: written → no/,
    why: 'whoever helps does so in a case that is open, rests on something and is not hidden from her',
  },
  {
    names: /stands: row\.method !== 'service' → no/,
    why: 'by that the program itself comes in, and nobody lets it back in',
  },
]
