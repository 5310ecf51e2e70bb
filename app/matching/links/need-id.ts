// By what is an open need, and a volunteer for it, named in an address?
import { z } from 'zod'
import { id } from '../../core/form/fields.ts'

export const NeedId = z.object({ need: id() })
export const Pair = z.object({ need: id(), volunteer: id() })
