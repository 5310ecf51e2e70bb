// What is a call for volunteers: its name, where it runs, for how long, and the short name in its link?
import { z } from 'zod'
import { choice, date, text } from '../../core/form/fields.ts'
import { sources } from '../recruitment.ts'

const code = text({ label: 'recruitment.campaign.code', hint: 'recruitment.campaign.codeHint', max: 24 })

/** The target that the call is to bring people for, where there is one. */
export const NewCampaign = z.object({ target: z.uuid().optional().catch(undefined) })

export const AddCampaign = NewCampaign.extend({
  name: text({ label: 'recruitment.campaign.name', hint: 'recruitment.campaign.nameHint', max: 120 }),
  source: choice(sources, { label: 'recruitment.campaign.source', prefix: 'recruitment.source' }),
  code: code
    .transform((typed, ctx) => {
      const short = typed.toLowerCase()
      if (/^[a-z0-9-]{3,24}$/.test(short)) return short
      ctx.addIssue({ code: 'custom', message: 'recruitment.error.code' })
      return z.NEVER
    })
    .meta(code.meta() ?? {}),
  fromOn: date({ label: 'recruitment.campaign.fromOn' }),
  untilOn: date({ label: 'recruitment.campaign.untilOn' }),
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
} & Reached
