// Who takes the letters of a test as a server of mail would, and what stands in them once their coat is off?
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { useMail } from '../app/process/mail.server.ts'

/** Mail goes to a real server of mail from now on, which puts each letter as it came into `letters`. */
export async function openPost(letters: string[], origin: string): Promise<() => Promise<void>> {
  const sink = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 100,
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        letters.push(Buffer.concat(parts).toString('utf8'))
        done()
      })
    },
  })
  await new Promise<void>((done) => sink.listen(0, '127.0.0.1', done))
  const { port } = sink.server.address() as AddressInfo
  const smtpUrl = `smtp://127.0.0.1:${port}?pool=true&maxMessages=100000`
  useMail({ smtpUrl, outbox: '', sender: 'tugivork@naidis.example', origin })
  return () => new Promise<void>((done) => sink.close(done))
}

const quoted = (text: string) => {
  const bytes = text.replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(bytes, 'latin1').toString('utf8')
}

/** The letter as it is read: headers as they are, subject and body without their coat. */
export function readLetter(raw: string): { head: string; subject: string; body: string } {
  const [head = '', ...rest] = raw.split('\r\n\r\n')
  const body = rest.join('\r\n\r\n')
  const coat = /content-transfer-encoding: (\S+)/i.exec(head)?.[1]?.toLowerCase()
  const folded = /^subject: (.*(?:\r\n[ \t].*)*)/im.exec(head)?.[1] ?? ''
  const subject = folded
    .replaceAll(/\r\n[ \t]/g, '')
    .replaceAll(/=\?utf-8\?([qb])\?(.*?)\?=/gi, (_, how: string, of: string) =>
      how.toLowerCase() === 'b' ? Buffer.from(of, 'base64').toString('utf8') : quoted(of.replaceAll('_', ' ')),
    )
  if (coat === 'base64') return { head, subject, body: Buffer.from(body, 'base64').toString('utf8') }
  return { head, subject, body: coat === 'quoted-printable' ? quoted(body.replaceAll('=\r\n', '')) : body }
}
