// How does a passkey open a device: a secret that it alone can make, each time for a finger, a face or its own PIN?
import { random } from './seal.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Prf = { prf?: { enabled?: boolean; results?: { first?: BufferSource } } }

export const mayHavePasskey = (): boolean => 'PublicKeyCredential' in window

const resultsOf = (made: Credential | null) =>
  (made as PublicKeyCredential | null)?.getClientExtensionResults() as Prf | undefined

/** A key for this device only; the server never hears of it. Null where the browser or the key cannot give a secret. */
export async function makePasskey(
  name: string,
): Promise<{ credential: Bytes; salt: Bytes; secret: BufferSource } | null> {
  const salt = random(32)
  const options = {
    ...{ challenge: random(32), rp: { name }, user: { id: random(16), name, displayName: name } },
    pubKeyCredParams: [-7, -257].map((alg) => ({ type: 'public-key' as const, alg })),
    authenticatorSelection: { userVerification: 'required' as const, residentKey: 'discouraged' as const },
    extensions: { prf: { eval: { first: salt } } },
  }
  const made = await navigator.credentials.create({ publicKey: options }).catch(() => null)
  const told = resultsOf(made)
  if (!made || !told?.prf?.enabled) return null
  const credential = new Uint8Array((made as PublicKeyCredential).rawId)
  const secret = told.prf.results?.first ?? (await askPasskey(credential, salt))
  return secret ? { credential, salt, secret } : null
}

/** The same secret again, or null where it was not given. */
export async function askPasskey(credential: Bytes, salt: Bytes): Promise<BufferSource | null> {
  const options = {
    ...{ challenge: random(32), userVerification: 'required' as const },
    allowCredentials: [{ type: 'public-key' as const, id: credential }],
    extensions: { prf: { eval: { first: salt } } },
  }
  const shown = await navigator.credentials.get({ publicKey: options }).catch(() => null)
  return resultsOf(shown)?.prf?.results?.first ?? null
}
