// Which test of the security plan is each promise, and which requirements of ASVS 5.0.0 does it try?

/** `test`: the number in the security plan, none where the promise is the product’s own · `asvs`: as in `v5.0.0-8.2.1`. */
export const standards: Record<string, { test: string | null; asvs: readonly string[] }> = {
  authorization: { test: 'T1', asvs: ['8.2.1', '8.2.2', '8.2.3', '8.4.1'] },
  mutants: { test: 'T2', asvs: [] },
  code: { test: 'T2', asvs: [] },
  matrix: { test: 'T3', asvs: ['4.1.4', '7.5.1', '7.5.3', '8.2.1', '8.2.2', '8.2.3', '8.3.1'] },
  bypass: { test: 'T5', asvs: ['8.4.1'] },
  forged: { test: 'T6', asvs: ['3.5.1', '3.5.3'] },
  sessions: { test: 'T6', asvs: ['7.2.4', '7.3.1', '7.3.2', '7.4.1', '7.4.2', '7.4.3'] },
  clock: { test: 'T13', asvs: [] },
  sameness: { test: 'T4', asvs: ['8.2.1', '8.2.2', '8.2.3'] },
  timing: { test: 'T4', asvs: ['6.3.8'] },
  links: { test: null, asvs: [] },
  sampling: { test: null, asvs: [] },
  kill: { test: 'T9', asvs: ['2.3.3'] },
  outage: { test: 'T12', asvs: ['2.3.3', '16.5.1', '16.5.2', '16.5.3', '16.5.4'] },
  once: { test: 'T14', asvs: [] },
  field: { test: null, asvs: [] },
  ladder: { test: null, asvs: [] },
  race: { test: 'T15', asvs: ['2.3.4', '2.3.5', '15.4.2'] },
  tampering: { test: 'T16', asvs: ['16.4.2', '16.4.3'] },
  alarms: { test: 'T16', asvs: ['16.4.2'] },
  completeness: { test: 'T16', asvs: ['16.3.1', '16.3.2', '16.3.3', '16.5.3'] },
  seals: { test: 'T18', asvs: ['11.3.2', '11.3.3', '11.3.4'] },
  rotation: { test: 'T18', asvs: ['11.2.2'] },
  restore: { test: 'T22', asvs: [] },
}
