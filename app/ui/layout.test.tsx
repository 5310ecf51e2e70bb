// Does every page keep its promises: neutral, quick to leave, usable without scripts, silent to others?
import { beforeAll, expect, test } from 'vitest'
import { buildAssets } from '../../scripts/assets.ts'
import { locales, translator } from '../i18n/i18n.ts'
import { ErrorPage, type ErrorStatus } from './frame/error-page.tsx'
import { Layout, type Shell } from './layout.tsx'
import { HelpNumbers } from './panel.tsx'
import { Tag } from './tag.tsx'

beforeAll(async () => {
  await buildAssets()
})

const shell: Shell = {
  locale: 'et',
  t: translator('et'),
  title: 'Juhtum',
  nonce: 'n0nce',
  csrf: 'token',
  path: '/cases?page=2',
  person: { name: 'Kim Näidis-Kask', role: 'koordinaator' },
  nav: [{ href: '/', label: 'Täna', current: true, count: 3 }],
  demo: true,
  standIn: null,
  flash: { kind: 'success', text: 'Tugiisik määratud.' },
  volunteer: false,
  languages: locales,
}
const page = (change: Partial<Shell> = {}) => String(<Layout shell={{ ...shell, ...change }}>sisu</Layout>)

test('the tab is neutral and nothing tells other sites or search engines', () => {
  const html = page()
  expect(html).toContain('<title>Juhtum – Tugivõrk</title>')
  expect(html).toContain('<meta name="robots" content="noindex, nofollow, noarchive"/>')
  expect(html).toContain('<meta name="referrer" content="same-origin"/>')
  expect(html).not.toMatch(/og:|https?:\/\//)
})

test('the content policy has nothing to refuse: no style attribute, no handler, a nonce on each script', () => {
  const html = page({ scripts: ['passkey.js'], refresh: 2 })
  expect(html).not.toMatch(/\sstyle=|\son\w+=|javascript:/)
  const scripts = html.match(/<script[^>]*>/g) ?? []
  expect(scripts.length).toBeGreaterThan(1)
  for (const script of scripts) expect(script).toContain('nonce="n0nce"')
})

test('each shape that a state is told by is drawn once on the page, whatever shows it', () => {
  const kinds = ['ok', 'wait', 'attention', 'danger', 'neutral'] as const
  const html = String(
    <Layout shell={shell}>
      {[...kinds, ...kinds].map((kind) => (
        <Tag kind={kind}>seis</Tag>
      ))}
    </Layout>,
  )
  const used = [...html.matchAll(/<use href="#([^"]+)"/g)].map(([, id]) => id)
  expect(used).toHaveLength(10)
  for (const id of used) expect(html.split(`<symbol id="${id}"`)).toHaveLength(2)
})

test('the way out is a plain link on every page, signed in or not', () => {
  expect(page()).toMatch(/<a href="\/exit"[^>]*>Kiirväljumine<\/a>/)
  expect(page({ person: null })).toMatch(/<a href="\/exit"/)
})

test('signing out and changing the language are forms with a token, and lead back here', () => {
  const html = page()
  expect(html).toMatch(/<form method="post" action="\/sign-out"><input type="hidden" name="_csrf" value="token"/)
  expect(html).toContain('<input type="hidden" name="back" value="/cases?page=2"/>')
  expect(page({ person: null })).not.toContain('/sign-out')
})

test('where a form is being filled in, a change of language belongs to it, and Enter still sends it', () => {
  const html = page({ person: null, form: 'application' })
  expect(html).not.toContain('action="/language"')
  expect(html.match(/<button[^>]* form="application"[^>]*>/g)?.[0]).not.toContain('name="locale"')
  expect(html).toMatch(/<button type="submit" class="tv-languages__button" form="application" name="locale" value="ru"/)
})

test('the banner of sample data stands where the data are samples, and only there', () => {
  expect(page()).toContain('Näidisandmed')
  expect(page({ demo: false })).not.toContain('Näidisandmed')
})

test('what a person may have written is never markup', () => {
  expect(page({ flash: { kind: 'problem', text: '<script>alert(1)</script>' } })).not.toContain('<script>alert')
})

const statuses: ErrorStatus[] = [403, 404, 409, 413, 415, 422, 429, 500, 503]

test.each(statuses)('%i says what happened, what to do and where to call', (status) => {
  for (const locale of locales) {
    const html = String(<ErrorPage t={translator(locale)} status={status} id={status === 500 ? 'K7M2' : undefined} />)
    expect(html).toMatch(/<h1>.+<\/h1><p>.+<\/p>/)
    expect(html).toContain('href="tel:112"')
    expect(html).toContain('href="tel:116006"')
    expect(html.includes('K7M2')).toBe(status === 500)
  }
})

test('a number to call is one that a phone can dial', () => {
  const html = String(<HelpNumbers t={translator('et')} />)
  expect(html).toContain('<a class="tv-phone" href="tel:116006">116\u00a0006</a>')
  expect(html).not.toContain('&lt;')
})
