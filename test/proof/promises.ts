// What is promised, and how hard must each promise be tried before the report may say that it held?

/** The counts whose words begin so (all of a promise where there are none) make `least` together; `each`: as often as the number in the words. */
type Demand = { what: string; least: number; each?: RegExp }
type Promised = { title: string; demand: string; least: readonly Demand[] }

/** Every promise there is, in the order of the report: what is demanded, and what its counts are called. */
export const promises: Record<string, Promised> = {
  authorization: {
    title: 'Nobody sees a row that the written rules do not give them',
    demand: '≥ 1,000,000 cells, 0 differ from the oracle, each of its branches ≥ 500 times either way',
    least: [
      { what: 'cells read', least: 1_000_000 },
      { what: 'cells by the seldomest', least: 500 },
    ],
  },
  changes: {
    title: 'Nobody adds, changes or takes away a row that they do not give them',
    demand: '≥ 100,000 attempts, 0 differ from the oracle, each of its branches ≥ 500 times either way',
    least: [
      { what: 'attempts to write', least: 100_000 },
      { what: 'attempts by the seldomest', least: 500 },
      { what: 'statements that no right covers', least: 5000 },
    ],
  },
  mutants: {
    title: 'A policy that was made weaker is noticed, and a right too many of any of the four logins',
    demand: '≥ 40 mutated policies, each caught',
    least: [
      { what: 'weaker policies and rights', least: 800 },
      { what: 'rights too many or too few', least: 2000 },
    ],
  },
  code: {
    title: 'A permission check that was made weaker in the code is noticed',
    demand: 'each line of what decides, ≥ 90 % of them noticed',
    least: [{ what: 'weaker lines of code', least: 500 }],
  },
  matrix: {
    title: 'Every route refuses and hides as the rules say',
    demand: '≥ 5,000 cells of status and body',
    least: [{ what: 'cells at', least: 5000 }],
  },
  bypass: {
    title: 'Nothing gets round row-level security',
    demand: '≥ 60 attempts, of every kind by every login, 0 rows',
    least: [
      { what: '', least: 60 },
      { what: 'attempts to read it', least: 60 },
      { what: 'attempts by every login', least: 300 },
      { what: 'attempts across transactions', least: 3 },
      { what: 'keys and references', least: 600 },
    ],
  },
  forged: {
    title: 'No form takes effect that another page sent',
    demand: '≥ 12 forgeries of a form that would take effect, at each route, 0 effects',
    least: [
      { what: 'forged requests', least: 12, each: /at (\d+) routes/ },
      { what: 'of them at the route with the fewest', least: 12 },
      { what: 'of these forms took effect from our own page', least: 180 },
    ],
  },
  sessions: {
    title: 'A session that is over opens and does nothing, and none is laid under anybody',
    demand: 'every way to end one × ten people: 0 pages, 0 effects; no cookie of before is the one that counts',
    least: [
      { what: 'requests with the cookie of a session that is over', least: 1000 },
      { what: 'cookies laid under', least: 50 },
    ],
  },
  clock: {
    title: 'Nothing lasts longer, or ends too early, because a clock is wrong',
    demand: 'an hour and a day to either side, set before and meanwhile',
    least: [{ what: 'things that end, at a wrong clock', least: 36 }],
  },
  sameness: {
    title: 'What is denied and what is not there look alike',
    demand:
      '≥ 50,000 requests by every identifier of path, query, body, header, cookie and file: byte for byte, 0 words of others, 0 of 5xx',
    least: [
      { what: 'requests with identifiers', least: 50_000 },
      { what: 'words of others in them', least: 0 },
      { what: 'answers of 5xx to them', least: 0 },
      { what: 'answers compared byte for byte', least: 10_000 },
      { what: 'answers about real things compared', least: 1 },
    ],
  },
  timing: {
    title: 'Nobody can tell by the clock whether something, or somebody, is there',
    demand: '≥ 2,000 pairs, medians < 2 ms apart (of passwords < a tenth of what one takes), p > 0.01',
    least: [
      { what: 'pairs of what is denied and what is missing', least: 2000 },
      { what: 'pairs of keys', least: 4000 },
      { what: 'pairs of passwords', least: 400 },
      { what: 'pairs of letters', least: 2000 },
    ],
  },
  links: {
    title: 'A link between people that is there is found',
    demand: '≥ 2,000 planted links, ≥ 98 % of them found',
    least: [{ what: 'planted links', least: 2000 }],
  },
  sampling: {
    title: 'What a lot says of all entries holds as often as it promises',
    demand: 'every truth there can be for up to 40 entries, 0 missed more often',
    least: [{ what: 'truths a lot speaks of', least: 22_960 }],
  },
  kill: {
    title: 'kill -9 loses nothing that was acknowledged',
    demand: '200 rounds, 0 lost, log whole, a form kept again ≤ 10 s after it',
    least: [
      { what: 'rounds of kill -9', least: 200 },
      { what: 'acknowledged forms', least: 1000 },
    ],
  },
  outage: {
    title: 'While the database is away people are told, and nothing is falsely saved',
    demand: '50 cycles, 0 wrong answers, each ≤ 5 s, well again ≤ 5 s after it; a slow line and a silent one',
    least: [
      { what: 'outages', least: 50 },
      { what: 'requests', least: 500 },
      { what: 'asked on a slow line', least: 80 },
    ],
  },
  once: {
    title: 'A form sent many times has one effect',
    demand: '1,000 groups of every form, 1,000 effects, one answer each; ≥ 200 kept whose answer was lost',
    least: [
      { what: 'groups of forms', least: 1000 },
      { what: 'forms kept whose answer was lost', least: 200 },
      { what: 'forms sent again by who was gone', least: 200 },
    ],
  },
  field: {
    title: 'What was written without network arrives once, whatever the network does',
    demand: '500 runs, 0 entries lost, 0 twice',
    least: [{ what: 'runs with', least: 500 }],
  },
  ladder: {
    title: 'Whoever does not come back is missed, each step once',
    demand: '≥ 2,000 lives, 0 steps missing, doubled or out of turn',
    least: [{ what: 'lives with', least: 2000 }],
  },
  race: {
    title: 'Of those who change one thing at once one wins',
    demand: '1,000 races and 1,000 contests of every kind of decision, 1 winner each',
    least: [
      { what: 'races', least: 1000 },
      { what: 'contests of every kind of decision', least: 1000 },
    ],
  },
  tampering: {
    title: 'Whoever touches the log is found out',
    demand: '≥ 2,000 tamperings, all found with an anchor',
    least: [{ what: 'tamperings', least: 2000 }],
  },
  alarms: {
    title: 'A log that nobody touched raises no alarm',
    demand: '1,000 runs, 0 alarms',
    least: [{ what: 'checks of a log that is being written', least: 1000 }],
  },
  completeness: {
    title: 'No answer leaves without its event',
    demand: '≥ 5,000 answers with data, 0 without; 0 shown while the log cannot be written',
    least: [
      { what: 'answers with data', least: 5000 },
      { what: 'of them to a form that shows something', least: 100 },
      { what: 'of what was shown asked for without a log', least: 300 },
    ],
  },
  seals: {
    title: 'What was altered, moved or cut off does not open',
    demand: '1,000 values byte by byte, 1,000,000 nonces',
    least: [
      { what: 'altered, moved or cut values', least: 1000 },
      { what: 'nonces', least: 1_000_000 },
    ],
  },
  rotation: {
    title: 'Keys are changed while people work',
    demand: '0 failed reads and writes',
    least: [
      { what: 'looks and writes in', least: 3000 },
      { what: 'reads and writes in', least: 3000 },
    ],
  },
  restore: {
    title: 'A backup comes back whole, and who was erased stays erased',
    demand: '100,000 cases and 1,000,000 events, 0 differences, somebody in again ≤ 15 min',
    least: [
      { what: 'cases brought back', least: 100_000 },
      { what: 'events brought back', least: 1_000_000 },
    ],
  },
}
