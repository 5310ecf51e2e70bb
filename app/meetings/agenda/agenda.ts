// Of which case on which agenda is the talk?
import { z } from 'zod'
import { id } from '../../core/form/fields.ts'

export const ItemOf = z.object({ id: id(), case: id() })
