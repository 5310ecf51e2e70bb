// Where is help, and what do we promise about this service?
import type { Locale } from '../../i18n/i18n.ts'
import { Csrf } from '../buttons.tsx'
import type { Shell } from '../layout.tsx'
import { Phones } from '../panel.tsx'

// A language is called by its own name, whichever language the page is in.
const names: Record<Locale, string> = { et: 'Eesti', en: 'English', ru: 'Русский' }

export function Footer({ shell }: { shell: Shell }) {
  const { t } = shell
  return (
    <footer class="tv-footer">
      <div class="tv-page">
        <p class="tv-footer__help">
          <Phones text={t('ui.footer.help')} />
        </p>
        <div class="tv-footer__row">
          <a class="tv-footer__link" href="/accessibility">
            {t('ui.footer.accessibility')}
          </a>
          <a class="tv-footer__link" href="/privacy">
            {t('ui.footer.privacy')}
          </a>
          <Languages shell={shell} />
        </div>
      </div>
    </footer>
  )
}

/** One small form: each button sends its language, and the way back to this page. Where somebody may be writing, what was typed comes along. */
export function Languages({ shell }: { shell: Shell }) {
  if (shell.languages.length === 0) return null
  if (shell.form) return <Buttons shell={shell} />
  return (
    <form method="post" action="/language">
      <Csrf token={shell.csrf} />
      <input type="hidden" name="back" value={shell.path} />
      <Buttons shell={shell} />
    </form>
  )
}

function Buttons({ shell }: { shell: Shell }) {
  return (
    <fieldset class="tv-languages" aria-label={shell.t('ui.language')}>
      {shell.languages.map((language) => (
        <button
          type="submit"
          class="tv-languages__button"
          form={shell.form}
          name="locale"
          value={language}
          lang={language}
          aria-current={language === shell.locale ? 'true' : undefined}
        >
          {names[language]}
        </button>
      ))}
    </fieldset>
  )
}
