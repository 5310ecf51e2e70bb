// How is the second factor made, shown and recognised?
import { randomInt } from 'node:crypto'
import { Secret, TOTP } from 'otpauth'
import { now } from '../core/clock.server.ts'
import { knock } from '../core/db.server.ts'
import { blindIndex, openForProcess, sealForProcess } from '../core/seal.server.ts'

const period = 30
const codeCount = 10

/** A new secret of 160 bits, as the letters that an authenticator takes. */
export function newFactor(): string {
  return new Secret({ size: 20 }).base32
}

/** What the page shows of a secret: the picture for the camera, the letters for fingers. */
export async function shownFactor(secret: string, email: string): Promise<{ picture: string; letters: string }> {
  const totp = new TOTP({ issuer: 'Tugivõrk', label: email, secret: Secret.fromBase32(secret) })
  const { default: QRCode } = await import('qrcode')
  const picture = await QRCode.toString(totp.toString(), {
    type: 'svg',
    margin: 2,
    width: 220,
    errorCorrectionLevel: 'M',
  })
  return { picture, letters: secret.match(/.{1,4}/g)?.join(' ') ?? secret }
}

/** The step of time for which the code is right – the present one, the one before or the one after – or null. */
export function stepOf(secret: string, code: string): number | null {
  const timestamp = now().getTime()
  const delta = new TOTP({ secret: Secret.fromBase32(secret), period }).validate({ token: code, timestamp, window: 1 })
  return delta === null ? null : Math.floor(timestamp / 1000 / period) + delta
}

export const sealFactor = (who: string, secret: string): Buffer => sealForProcess(`totp/${who}`, secret)
export const openFactor = (who: string, sealed: Uint8Array): string => openForProcess(`totp/${who}`, sealed)

/** Takes a code of the authenticator (6 digits) or a recovery code (12); either counts a single time. */
export async function useCode(who: string, sealed: Uint8Array, typed: string): Promise<boolean> {
  const code = typed.replace(/[\s-]/g, '')
  if (/^\d{12}$/.test(code)) {
    const [used] = await knock<{ door_recovery: boolean }>('door_recovery', [who, keptForm(who, code)])
    return used?.door_recovery === true
  }
  const step = /^\d{6}$/.test(code) ? stepOf(openFactor(who, sealed), code) : null
  if (step === null) return false
  const [free] = await knock<{ door_totp_step: boolean }>('door_totp_step', [who, step])
  return free?.door_totp_step === true
}

/** Ten codes of 12 digits (40 bits each): as they are shown once, and as they are kept. */
export function newCodes(who: string): { shown: string[]; kept: Buffer[] } {
  const codes = Array.from({ length: codeCount }, () =>
    Array.from({ length: 3 }, () => String(randomInt(10_000)).padStart(4, '0')).join(''),
  )
  return {
    shown: codes.map((code) => code.match(/.{4}/g)?.join(' ') ?? code),
    kept: codes.map((code) => keptForm(who, code)),
  }
}

const keptForm = (who: string, code: string): Buffer => blindIndex(`recovery/${who}`, code)
