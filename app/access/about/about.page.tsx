// What do we promise about help, accessibility and personal data – told to anybody, signed in or not?
import type { Child } from 'hono/jsx'
import { send } from '../../core/answer/document.tsx'
import type { Page } from '../../core/page.tsx'
import { type Key, type T, translator } from '../../i18n/i18n.ts'
import { HelpNumbers } from '../../ui/panel.tsx'

function openText(title: Key, body: (t: T) => Child): Page {
  return {
    operations: [],
    get: async (c) => {
      const t = translator(c.get('locale'))
      const whole = (
        <div class="tv-narrow">
          <h1>{t(title)}</h1>
          {body(t)}
        </div>
      )
      return send(c, { title: t(title), me: c.get('me'), body: whole })
    },
  }
}

/** A heading with paragraphs; a paragraph whose lines begin with "– " is a list. */
function Passage({ title, text }: { title: string; text: string }) {
  return (
    <section>
      <h2>{title}</h2>
      {text.split('\n\n').map((part) =>
        part.startsWith('– ') ? (
          <ul>
            {part.split('\n').map((line) => (
              <li>{line.replace('– ', '')}</li>
            ))}
          </ul>
        ) : (
          <p>{part}</p>
        ),
      )}
    </section>
  )
}

export const accessibilityPage = openText('access.accessibility.title', (t) => (
  <>
    <p class="tv-lead">{t('access.accessibility.lead')}</p>
    <Passage title={t('access.accessibility.done')} text={t('access.accessibility.doneText')} />
    <Passage title={t('access.accessibility.limits')} text={t('access.accessibility.limitsText')} />
    <Passage title={t('access.accessibility.tell')} text={t('access.accessibility.tellText')} />
  </>
))

export const privacyPage = openText('access.privacy.title', (t) => (
  <>
    <p class="tv-lead">{t('access.privacy.lead')}</p>
    <Passage title={t('access.privacy.what')} text={t('access.privacy.whatText')} />
    <Passage title={t('access.privacy.who')} text={t('access.privacy.whoText')} />
    <Passage title={t('access.privacy.guard')} text={t('access.privacy.guardText')} />
    <Passage title={t('access.privacy.rights')} text={t('access.privacy.rightsText')} />
    <Passage title={t('access.privacy.browser')} text={t('access.privacy.browserText')} />
  </>
))

export const helpPage = openText('access.help.title', (t) => (
  <>
    <HelpNumbers t={t} />
    <Passage title={t('access.help.signIn')} text={t('access.help.signInText')} />
    <Passage title={t('access.help.phone')} text={t('access.help.phoneText')} />
    <Passage title={t('access.help.exit')} text={t('access.help.exitText')} />
    <Passage title={t('access.help.more')} text={t('access.help.moreText')} />
  </>
))
