// What proves the victim's word? Besides where it is kept, a picture of it can be kept here.
import { z } from 'zod'
import { Invalid } from '../../core/errors.ts'
import { id } from '../../core/form/fields.ts'
import { readPicture } from '../../process/picture/sent-picture.server.ts'
import { CaseId } from '../case.ts'

/** Read while the form is, before there is a transaction; nothing chosen is no picture. */
export const picture = z
  .unknown()
  .optional()
  .transform(async (raw, ctx): Promise<Buffer | null> => {
    if (!hasFile(raw)) return null
    try {
      return await readPicture(Buffer.from(await raw.arrayBuffer()))
    } catch (error) {
      const said = error instanceof Invalid ? error.fields.file : undefined
      if (!said) throw error
      ctx.addIssue({ code: 'custom', message: said.key, params: said.args })
      return z.NEVER
    }
  })
  .meta({ kind: 'file', label: 'cases.proof.file', hint: 'cases.proof.fileHint', optional: true })

export const hasFile = (raw: unknown): raw is File => raw instanceof File && (raw.size > 0 || raw.name !== '')

export const ProofOf = CaseId.extend({ word: id() })
export const AddProof = ProofOf.extend({ file: picture })
