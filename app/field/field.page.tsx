// What is the page that opens without network, before a script has put anything of anybody's into it?
import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import { packed } from '../core/answer/packed.server.ts'
import { contentPolicy } from '../core/guard.server.tsx'
import type { Env, Page } from '../core/page.tsx'
import { locales, translator } from '../i18n/i18n.ts'
import { asset, assetFile } from '../ui/assets.server.ts'
import { Layout, type Shell } from '../ui/layout.tsx'
import { Screens } from './screens.tsx'

const scripts = ['field.js']
const letters = ['inter-common.woff2', 'inter-russian.woff2']

/** The same for everybody who speaks this language: it is kept on the device as it is, and opens with nobody signed in. */
export const fieldPage: Page = {
  operations: [],
  get: async (c) => {
    const locale = c.get('locale')
    const t = translator(locale)
    // A worker and what makes the page a thing to install are for this page alone.
    c.header('content-security-policy', contentPolicy(c, "; manifest-src 'self'; worker-src 'self'"))
    const shell: Shell = {
      ...{ locale, t, title: t('field.title'), nonce: c.get('nonce'), csrf: '', path: '/field' },
      ...{ person: null, nav: [], demo: c.get('frame').demo, standIn: null, flash: null, volunteer: true },
      ...{ languages: locales, scripts, manifest: '/field/app.webmanifest' },
    }
    const body = <Layout shell={shell}>{<Screens t={t} locale={locale} />}</Layout>
    return packed(c, `<!doctype html>${body.toString()}`, 200)
  },
}

/** What must be on the device for the page to open; its names change with what is in it, and so does the worker. */
const files = () => [
  '/field',
  '/field/icon.svg',
  ...['theme.css', 'ui.js', ...scripts, 'favicon.svg', ...letters].map(asset),
]

export const workerPage: Page = {
  operations: [],
  get: async (c) => {
    const file = await assetFile(asset('field-worker.js').replace('/assets/', ''))
    if (!file) return c.notFound()
    const locale = c.get('locale')
    const page = <Screens t={translator(locale)} locale={locale} />
    const version = createHash('sha256').update(`${locale} ${files()} ${page}`).digest('hex').slice(0, 16)
    // Another word or another file makes another worker, and that one fetches everything anew.
    const text = `const files = ${JSON.stringify(files())}, version = '${version}';\n${new TextDecoder().decode(file.body)}`
    return c.body(text, 200, { 'content-type': file.type, 'service-worker-allowed': '/field' })
  },
}

/** On a home screen it is a notebook, and nothing says whose. */
export const installPage: Page = {
  operations: [],
  get: async (c) => {
    const t = translator(c.get('locale'))
    const name = t('field.title')
    const icons = [{ src: '/field/icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' }]
    const look = { display: 'standalone', background_color: '#ffffff', theme_color: '#17233c' }
    const text = { name, short_name: name, lang: c.get('locale'), start_url: '/field', scope: '/field', id: '/field' }
    return file(c, JSON.stringify({ ...text, ...look, icons }), 'application/manifest+json')
  },
}

const notebook =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512"><rect width="512" height="512" rx="96" fill="#17233c"/>' +
  '<rect x="136" y="96" width="256" height="320" rx="24" fill="#fff"/><path d="M184 96v320" stroke="#17233c" stroke-width="16"/>' +
  '<path d="M224 184h120M224 256h120M224 328h72" stroke="#ccd3de" stroke-width="20" stroke-linecap="round"/></svg>'

export const iconPage: Page = { operations: [], get: async (c) => file(c, notebook, 'image/svg+xml') }

const file = (c: Context<Env>, text: string, type: string) => c.body(text, 200, { 'content-type': type })
