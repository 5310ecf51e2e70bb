// Prints docs/access-table.md from the code.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { accessTable } from '../app/access-table.ts'
import '../app/jobs.ts'
import '../app/access-routes.ts'
import '../app/routes.ts'

writeFileSync(join(import.meta.dirname, '../docs/access-table.md'), accessTable())
