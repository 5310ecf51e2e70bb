// What is said when somebody brings those whom she guides to another supervisor's covision?
import { idsFrom } from '../../core/form/fields.ts'
import { SessionId } from '../supervision.ts'

export const JoinCovision = SessionId.extend({
  volunteers: idsFrom({ label: 'supervision.covision.who', min: 1 }),
})
