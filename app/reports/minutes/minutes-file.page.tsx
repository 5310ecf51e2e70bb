// How do the minutes of a meeting leave the house?
import { fresh } from '../../access/fresh.ts'
import { download } from '../../core/page.tsx'
import { minutesDocument, minutesFile } from './minutes-file.server.ts'

export const minutesFilePage = fresh(download(minutesDocument, minutesFile), {
  back: (path) => path.replace(/\/documents\/[^/]+$/, ''),
})
