// How does a test get its e-mail as a person does: through a real server, and by a click in a web mail?
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { sendMail, useMail } from '../app/process/mail.server.ts'
import type { Cast } from './cast.ts'
import { openSink } from './sink.ts'
import type { Site } from './site.ts'

export type Letter = { to: string; text: string }
export type Post = {
  /** Everything that waits leaves, and is here. */
  fetch: () => Promise<Letter[]>
  /** Follows the link of the last letter that had one, from another site: a Strict cookie would not travel. */
  click: (page: Page) => Promise<void>
  close: () => Promise<void>
}

export async function openPost(cast: Cast, site: Pick<Site, 'origin'>): Promise<Post> {
  let letters: Letter[] = []
  let link = ''
  const sink = await openSink((letter) => {
    link = /http\S+\/invitation\/\S+/.exec(letter.text)?.[0] ?? link
    letters.push(letter)
  })
  const webmail = createServer((_request, answer) => {
    answer.setHeader('content-type', 'text/html')
    answer.end(`<!doctype html><html lang="et"><title>Kiri</title><a href="${link}">link</a></html>`)
  })
  await new Promise<void>((done) => webmail.listen(0, '127.0.0.1', done))
  const { port } = webmail.address() as AddressInfo
  useMail({ smtpUrl: sink.url, outbox: '', sender: 'teated@naidis.example', origin: site.origin })
  return {
    fetch: async () => {
      letters = []
      await sendMail(cast.sys)
      return letters
    },
    click: async (page) => {
      await page.goto(`http://127.0.0.1:${port}/`)
      await page.getByRole('link', { name: 'link' }).click()
    },
    close: async () => {
      await sink.close()
      await new Promise((done) => webmail.close(done))
    },
  }
}
