// How does the ground that a case was brought on come by its proof, once the case has a key to close it with?
import type { Db } from '../../core/db.server.ts'
import type { Vault } from '../../core/seal.server.ts'

type Told = { basis: 'consent' | 'law'; proof?: string | undefined; whyLaw?: string | undefined }

/** The database has written the first word itself, as the case came in (basis_begins). */
export async function proveFirst(db: Db, vault: Vault, caseId: string, { basis, proof, whyLaw }: Told): Promise<void> {
  const { id } = await db
    .selectFrom('caseBasis')
    .select('id')
    .where('caseId', '=', caseId)
    .orderBy('recordedAt')
    .executeTakeFirstOrThrow()
  const seal = (column: string, told: string | undefined) =>
    told ? vault.seal({ table: 'case_basis', column, row: id }, told) : null
  await db
    .updateTable('caseBasis')
    .set({
      proofSealed: seal('proof_sealed', basis === 'consent' ? proof : undefined),
      reasonSealed: seal('reason_sealed', basis === 'law' ? whyLaw : undefined),
    })
    .where('id', '=', id)
    .execute()
}
