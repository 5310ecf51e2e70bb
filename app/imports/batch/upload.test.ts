// Is a file that may not be read refused at its field, before anything is kept?
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cast, openCast } from '../../../test/cast.ts'
import type { Invalid } from '../../core/errors.ts'
import { uploadWorkbook } from './upload.server.ts'

let cast: Cast
beforeAll(async () => {
  cast = await openCast()
})
afterAll(() => cast.close())

test('a file that is no workbook is refused at its field', async () => {
  const refused = (file: unknown) =>
    uploadWorkbook.run(cast.kim, { file }).catch((error: Invalid) => error.fields.file?.key)
  expect(await refused(new File(['tere'], 'tere.xlsx'))).toBe('imports.refused.notWorkbook')
  expect(await refused(new File([], ''))).toBe('imports.upload.missing')
  expect(await refused('tabel')).toBe('imports.upload.missing')
  expect(await refused(new File([new Uint8Array(5_000_001)], 'suur.xlsx'))).toBe('imports.refused.tooBig')
  expect((await cast.admin.query('select 1 from import_batch')).rowCount).toBe(0)
})
