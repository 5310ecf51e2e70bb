// What stands around every page?
import type { Child } from 'hono/jsx'
import type { Locale, T } from '../i18n/i18n.ts'
import { asset } from './assets.server.ts'
import { Footer } from './frame/footer.tsx'
import { GlassBanner, type GlassOpen } from './frame/glass.tsx'
import { DemoBanner, FlashBanner, Header, LanguageRow, Navigation } from './frame/header.tsx'
import { StandInBanner } from './frame/stand-in.tsx'
import { Shapes } from './tag.tsx'

export type NavItem = { href: string; label: string; current: boolean; count?: number }
export type Flash = { kind: 'success' | 'notice' | 'problem'; text: string }
export type Shell = {
  locale: Locale
  t: T
  /** A generic noun: never a person, a place or a case, for it stands in the tab and the history. */
  title: string
  nonce: string
  csrf: string
  /** The address shown, with its query: where a change of language leads back to. */
  path: string
  person: { name: string; role: string } | null
  nav: readonly NavItem[]
  demo: boolean
  /** Whose work is being done where it is not one's own, and where to read about it; `until` null where the term is over. */
  standIn: { name: string; until: string | null; handover: string } | null
  flash: Flash | null
  /** A case that is open because of an emergency. */
  glass?: GlassOpen | null
  /** A volunteer's page: larger text on phones. */
  volunteer: boolean
  languages: readonly Locale[]
  /** The form of this page, by its id, to which a change of language belongs. */
  form?: string
  /** Scripts of this page besides those of every page: `['visit.js']`; `null` where it has none at all and is the same for everybody. */
  scripts?: readonly string[] | null
  /** Where it says how the page is installed on a phone. */
  manifest?: string
  /** Seconds after which the page shows itself again, while a job runs. */
  refresh?: number
}

/** A whole HTML document. The doctype is the caller's: `c.html('<!doctype html>' + …)` or hono's renderer. */
export function Layout({ shell, children }: { shell: Shell; children: Child }) {
  const { locale, t } = shell
  const volunteer = shell.volunteer ? ' govuk-template--volunteer' : ''
  return (
    <html lang={locale} class={`govuk-template${volunteer}`}>
      <head>
        <meta charset="utf-8" />
        {/* What lies on a home screen stands among the open apps by this name alone. */}
        <title>{shell.manifest ? shell.title : `${shell.title} – ${t('ui.product')}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex, nofollow, noarchive" />
        {/* No address ever leaves to another site. Not `no-referrer`: then browsers send our own forms with `Origin: null`. */}
        <meta name="referrer" content="same-origin" />
        <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
        <meta name="theme-color" content="#17233c" />
        <link rel="icon" href={asset('favicon.svg')} type="image/svg+xml" />
        {shell.manifest ? <link rel="manifest" href={shell.manifest} crossorigin="use-credentials" /> : null}
        <Letters names={locale === 'ru' ? ['inter-common.woff2', 'inter-russian.woff2'] : ['inter-common.woff2']} />
        <link rel="stylesheet" href={asset('theme.css')} />
        {shell.refresh ? <RefreshWithoutScripts seconds={shell.refresh} /> : null}
        {shell.scripts === null ? null : <Scripts names={['ui.js', ...(shell.scripts ?? [])]} nonce={shell.nonce} />}
      </head>
      <body
        class={`govuk-template__body${shell.volunteer ? ' tv-volunteer' : ''}`}
        data-csrf={shell.csrf}
        data-refresh={shell.refresh}
      >
        <a href="#main" class="govuk-skip-link" data-module="govuk-skip-link">
          {t('ui.skip')}
        </a>
        <Header shell={shell} />
        {shell.glass ? <GlassBanner t={t} glass={shell.glass} csrf={shell.csrf} /> : null}
        {shell.demo ? <DemoBanner t={t} /> : null}
        {shell.standIn ? <StandInBanner shell={shell} standIn={shell.standIn} /> : null}
        <Above shell={shell} />
        <div class="tv-page tv-main">
          {shell.flash ? <FlashBanner t={t} flash={shell.flash} /> : null}
          <main id="main">{children}</main>
        </div>
        <Footer shell={shell} />
        <Shapes />
      </body>
    </html>
  )
}

// Who has put a page on her phone has chosen her language; the footer offers the others.
function Above({ shell }: { shell: Shell }) {
  if (shell.person) return <Navigation shell={shell} />
  return shell.manifest || shell.languages.length === 0 ? null : <LanguageRow shell={shell} />
}

// Without this a browser learns of them only when it has read the style sheet.
function Letters({ names }: { names: readonly string[] }) {
  return (
    <>
      {names.map((name) => (
        <link rel="preload" href={asset(name)} as="font" type="font/woff2" crossorigin="anonymous" />
      ))}
    </>
  )
}

function Scripts({ names, nonce }: { names: readonly string[]; nonce: string }) {
  return (
    <>
      {names.map((name) => (
        <script type="module" src={asset(name)} nonce={nonce} />
      ))}
    </>
  )
}

// Where scripts run they do the same.
function RefreshWithoutScripts({ seconds }: { seconds: number }) {
  return (
    <noscript>
      <meta http-equiv="refresh" content={String(seconds)} />
    </noscript>
  )
}
