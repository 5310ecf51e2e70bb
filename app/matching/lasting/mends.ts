// Which new paper would mend it where one is missing or does not hold long enough?
import { formatDate } from '../../i18n/format.ts'
import type { Candidate, Need } from '../eligibility.ts'
import type { Fact, Mend, Mends } from '../facts.ts'
import type { World } from '../plan.ts'

function checked(_: Need, { id }: Candidate, { today }: World): Mend {
  const fact: Fact = { kind: 'background', subject: id, args: { volunteer: id } }
  return { fact, volunteer: { background: { on: today, passed: true } } }
}

function pledged(_: Need, { id }: Candidate): Mend {
  const fact: Fact = { kind: 'pledge', subject: id, args: { volunteer: id } }
  return { fact, volunteer: { pledged: true, pledgedUntil: null } }
}

function trained(_: Need, { id }: Candidate): Mend {
  const fact: Fact = { kind: 'training', subject: id, args: { volunteer: id } }
  return { fact, volunteer: { trained: true, trainedUntil: null } }
}

function contracted({ until }: Need, { id, contract }: Candidate, { today }: World): Mend {
  const from = contract && contract.from < today ? contract.from : today
  const fact: Fact = { kind: 'contract', subject: id, args: { volunteer: id, until: formatDate(until) } }
  const longer = contract && (contract.to === null || contract.to > until)
  return { fact, order: `${until} ${id}`, volunteer: { contract: { from, to: longer ? contract.to : until } } }
}

export const paperMends: Mends = {
  ...{
    backgroundMissing: checked,
    backgroundExpired: checked,
    backgroundLapses: checked,
    backgroundEndsEarly: checked,
  },
  ...{ pledgeMissing: pledged, pledgeExpired: pledged, pledgeLapses: pledged, pledgeEndsEarly: pledged },
  ...{ trainingIncomplete: trained, trainingExpired: trained, trainingLapses: trained, trainingEndsEarly: trained },
  ...{ contractMissing: contracted, contractNotYet: contracted },
  ...{ contractExpired: contracted, contractEndsEarly: contracted },
}
