// What is a call for volunteers: its name, where it runs, for how long, the short name in its link, and what it was before?
import { z } from 'zod'
import { choice, date, id, idFrom, optional, text } from '../../core/form/fields.ts'
import { sources } from '../recruitment.ts'

const code = text({ label: 'recruitment.campaign.code', hint: 'recruitment.campaign.codeHint', max: 24 })

/** The target that the call is to bring people for, where there is one. */
export const NewCampaign = z.object({ target: id().optional().catch(undefined) })

const words = {
  name: text({ label: 'recruitment.campaign.name', hint: 'recruitment.campaign.nameHint', max: 120 }),
  source: choice(sources, { label: 'recruitment.campaign.source', prefix: 'recruitment.source' }),
  fromOn: date({ label: 'recruitment.campaign.fromOn' }),
  untilOn: date({ label: 'recruitment.campaign.untilOn' }),
}

export const AddCampaign = NewCampaign.extend({
  ...words,
  code: code
    .transform((typed, ctx) => {
      const short = typed.toLowerCase()
      if (/^[a-z0-9-]{3,24}$/.test(short)) return short
      ctx.addIssue({ code: 'custom', message: 'recruitment.error.code' })
      return z.NEVER
    })
    .meta(code.meta() ?? {}),
})

export const OneCampaign = z.object({ id: id() })

/** Everything but the link, which is printed and shared. */
export const ChangeCampaign = OneCampaign.extend({
  ...words,
  target: optional(idFrom({ label: 'recruitment.campaign.target' })),
  version: z.coerce.number().int(),
})

/** How many came through a call, and how far they got. */
export type Reached = { came: number; talked: number; active: number }
export type Campaign = {
  id: string
  name: string
  code: string
  source: string
  fromOn: string
  untilOn: string
  targetId: string | null
  version: number
  /** The day on which somebody ended it. */
  endedOn: string | null
} & Reached

/** What stood there until it was changed. */
export type Before = Pick<Campaign, 'name' | 'source' | 'fromOn' | 'untilOn' | 'version'> & {
  changedAt: Date
  changedBy: string
}

export type CampaignStanding = 'ended' | 'over' | 'runs' | 'planned'

/** On `today` (`YYYY-MM-DD`); its first and last days count. */
export function callStanding(one: Pick<Campaign, 'fromOn' | 'untilOn' | 'endedOn'>, today: string): CampaignStanding {
  if (one.endedOn) return 'ended'
  if (one.untilOn < today) return 'over'
  return one.fromOn <= today ? 'runs' : 'planned'
}
