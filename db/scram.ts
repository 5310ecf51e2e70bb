// How does a password reach the database without ever standing in one of its statements?
import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'

const iterations = 4096

/** The verifier that PostgreSQL stores for a password (RFC 5803); it is sent instead of the password itself. */
export function scramVerifier(password: string, salt: Buffer = randomBytes(16), rounds = iterations): string {
  const salted = pbkdf2Sync(password, salt, rounds, 32, 'sha256')
  const clientKey = createHmac('sha256', salted).update('Client Key').digest()
  const storedKey = createHash('sha256').update(clientKey).digest('base64')
  const serverKey = createHmac('sha256', salted).update('Server Key').digest('base64')
  return `SCRAM-SHA-256$${rounds}:${salt.toString('base64')}$${storedKey}:${serverKey}`
}

/** True where a stored verifier was made from this password. */
export function scramMatches(verifier: string | null, password: string): boolean {
  const parts = /^SCRAM-SHA-256\$(\d+):([^$]+)\$[^:]+:.+$/.exec(verifier ?? '')
  if (!parts?.[1] || !parts[2] || !verifier) return false
  const expected = scramVerifier(password, Buffer.from(parts[2], 'base64'), Number(parts[1]))
  return expected.length === verifier.length && timingSafeEqual(Buffer.from(expected), Buffer.from(verifier))
}
