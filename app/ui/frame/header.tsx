// Where am I, who am I here, and how do I get out?
import type { T } from '../../i18n/i18n.ts'
import { Csrf } from '../buttons.tsx'
import type { Flash, NavItem, Shell } from '../layout.tsx'
import { Languages } from './footer.tsx'

/** Ends the session, clears the browser and leaves for a neutral site; the server answers it (a link, so that it works from anywhere). */
export const wayOut = '/exit'

/** Stays on top of the page while it scrolls, so that the way out is always in the same place. */
export function Header({ shell }: { shell: Shell }) {
  const { t } = shell
  return (
    <header class="tv-header">
      <a href={wayOut} class="govuk-skip-link govuk-js-exit-this-page-skiplink" rel="nofollow noreferrer">
        {t('ui.exit.skip')}
      </a>
      <div class="tv-page tv-header__row">
        <a class="tv-header__name" href="/">
          <NetMark />
          <span class="tv-header__word">{t('ui.product')}</span>
        </a>
        {shell.person ? <AccountMenu shell={shell} /> : null}
        {shell.person ? <PhoneMenu shell={shell} /> : null}
        <ExitThisPage t={t} />
      </div>
    </header>
  )
}

/** With scripts: hides the page at once, replaces it in the history, and answers to three presses of Shift. */
function ExitThisPage({ t }: { t: T }) {
  const words = {
    'data-i18n.activated': t('ui.exit.activated'),
    'data-i18n.timed-out': t('ui.exit.timedOut'),
    'data-i18n.press-two-more-times': t('ui.exit.two'),
    'data-i18n.press-one-more-time': t('ui.exit.one'),
  }
  return (
    <div class="govuk-exit-this-page tv-exit" data-module="govuk-exit-this-page" {...words}>
      <a
        href={wayOut}
        class="govuk-button govuk-button--warning govuk-exit-this-page__button govuk-js-exit-this-page-button"
        draggable={false}
        rel="nofollow noreferrer"
      >
        {t('ui.exit')}
      </a>
    </div>
  )
}

function AccountMenu({ shell }: { shell: Shell }) {
  return (
    <details class="tv-menu tv-only-wide">
      <summary>
        <span class="tv-menu__who">
          {shell.person?.name}
          <small>{shell.person?.role}</small>
        </span>
      </summary>
      <div class="tv-menu__panel">
        <AccountList shell={shell} />
      </div>
    </details>
  )
}

function PhoneMenu({ shell }: { shell: Shell }) {
  const { t, nav, person } = shell
  return (
    <details class="tv-menu tv-only-phone">
      <summary>{t('ui.menu')}</summary>
      <div class="tv-menu__panel">
        <nav aria-label={t('ui.nav.label')}>
          <ul class="tv-menu__list">
            {nav.map((item) => (
              <li>
                <NavLink item={item} look="tv-menu__item" />
              </li>
            ))}
          </ul>
        </nav>
        <p class="tv-menu__heading">
          {person?.name}, {person?.role}
        </p>
        <AccountList shell={shell} />
      </div>
    </details>
  )
}

function AccountList({ shell }: { shell: Shell }) {
  const { t } = shell
  return (
    <>
      <ul class="tv-menu__list">
        <li>
          <a class="tv-menu__item" href="/account">
            {t('ui.account')}
          </a>
        </li>
        <li>
          <form method="post" action="/sign-out">
            <Csrf token={shell.csrf} />
            <button type="submit" class="tv-menu__item">
              {t('ui.signOut')}
            </button>
          </form>
        </li>
      </ul>
      <div class="tv-menu__list">
        <Languages shell={shell} />
      </div>
    </>
  )
}

/** The places of the role; on phones they are in the menu of the header. */
export function Navigation({ shell }: { shell: Shell }) {
  if (shell.nav.length === 0) return null
  return (
    <nav class="tv-nav tv-only-wide" aria-label={shell.t('ui.nav.label')}>
      <div class="tv-page">
        <ul class="tv-nav__list">
          {shell.nav.map((item) => (
            <li>
              <NavLink item={item} look="tv-nav__link" />
            </li>
          ))}
        </ul>
      </div>
    </nav>
  )
}

function NavLink({ item, look }: { item: NavItem; look: string }) {
  return (
    <a class={look} href={item.href} aria-current={item.current ? 'page' : undefined}>
      {item.label}
      {item.count ? <span class="tv-count">{item.count}</span> : null}
    </a>
  )
}

/** Before sign-in the languages stand on top, for nobody looks for their language in a footer. */
export function LanguageRow({ shell }: { shell: Shell }) {
  return (
    <nav class="tv-page tv-language-row" aria-label={shell.t('ui.language')}>
      {/* Enter in a field presses the first button of its form: that sends it, and changes no language. */}
      {shell.form ? <button type="submit" form={shell.form} hidden /> : null}
      <Languages shell={shell} />
    </nav>
  )
}

export function DemoBanner({ t }: { t: T }) {
  return (
    <section class="tv-demo" aria-label={t('ui.flash.notice')}>
      <div class="tv-page">
        <p>{t('ui.demo')}</p>
      </div>
    </section>
  )
}

const flashes = {
  success: {
    look: 'moj-alert--success',
    word: 'ui.flash.success',
    path: 'm11.3 24.7-9.3-9.3 2.6-2.6 6.7 6.6L25.4 5.3 28 8z',
  },
  notice: {
    look: 'moj-alert--information',
    word: 'ui.flash.notice',
    path: 'M15 2.5a12.5 12.5 0 1 1 0 25 12.5 12.5 0 0 1 0-25Zm-1.4 10.4v9.5h2.8v-9.5zM15 7.5a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4Z',
  },
  problem: {
    look: 'moj-alert--warning',
    word: 'ui.flash.problem',
    path: 'm15 2.4 13.8 23.8H1.2zm-1.5 7 .3 8.4h2.4l.3-8.4zm1.5 10.6a1.9 1.9 0 1 0 0 3.7 1.9 1.9 0 0 0 0-3.7Z',
  },
} as const

/** What the last step did. Read aloud once, when the page opens. */
export function FlashBanner({ t, flash }: { t: T; flash: Flash }) {
  const { look, word, path } = flashes[flash.kind]
  return (
    <div class={`moj-alert ${look}`} role={flash.kind === 'problem' ? 'alert' : 'status'}>
      <svg class="moj-alert__icon" viewBox="0 0 30 30" aria-hidden="true" focusable="false">
        <path fill="currentColor" fill-rule="evenodd" d={path} />
      </svg>
      <div class="moj-alert__content">
        <span class="govuk-visually-hidden">{t(word)}: </span>
        {flash.text}
      </div>
    </div>
  )
}

/** The product's sign: one person, held by lines to others. */
function NetMark() {
  return (
    <svg class="tv-header__mark" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path fill="none" stroke="currentColor" stroke-width="2.5" d="M16 17V6M16 17 6 25M16 17l10 8" />
      <g fill="currentColor">
        <circle cx="16" cy="17" r="6" />
        <circle cx="16" cy="5" r="3.5" />
        <circle cx="5.5" cy="25.5" r="3.5" />
        <circle cx="26.5" cy="25.5" r="3.5" />
      </g>
    </svg>
  )
}
