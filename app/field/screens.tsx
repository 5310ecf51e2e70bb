// What can the page show where there is no network? Every word is here; a script only chooses the screen and fills in what is on the device.
import type { Locale, T } from '../i18n/i18n.ts'
import { BackLink, Button, ButtonGroup, ButtonLink } from '../ui/buttons.tsx'
import { Radios } from '../ui/choices.tsx'
import { TextInput } from '../ui/fields.tsx'
import { Callout, HelpNumbers } from '../ui/panel.tsx'
import { kinds } from './device.ts'
import { ReportScreen, VisitScreen } from './forms.tsx'
import { HomeScreen } from './home-screen.tsx'
import { Do, Screen, Wrong } from './parts.tsx'
import { wordsFor } from './words.ts'

type Props = { t: T; locale: Locale }

/** Without scripts, or where the browser lacks something, what stands is the way to the ordinary pages. */
export function Screens({ t, locale }: Props) {
  return (
    <div id="field" class="tv-narrow" data-words={JSON.stringify(wordsFor(t, locale))}>
      <section data-screen="cannot">
        <h1>{t('field.title')}</h1>
        <p class="tv-lead">{t('field.cannot')}</p>
        <p>
          <ButtonLink href="/support/visits">{t('field.online.visits')}</ButtonLink>
        </p>
      </section>
      <Setup t={t} />
      <Locked t={t} />
      <HomeScreen t={t} />
      <VisitScreen t={t} />
      <ReportScreen t={t} />
      <Screen name="help">
        <h1>{t('field.help.title')}</h1>
        <HelpNumbers t={t} />
        <p>{t('field.help.kept')}</p>
        <p>
          <span data-put="guide" />{' '}
          <a data-put="phone" href="tel:112">
            112
          </a>
        </p>
        <p>
          <a href="/support/help">{t('field.help.tell')}</a>
        </p>
        <Do what="home">{t('field.help.back')}</Do>
      </Screen>
      <Screen name="gone">
        <h1>{t('field.gone.title')}</h1>
        <p class="tv-lead" data-put="why" />
        <p>
          <ButtonLink href="/field">{t('field.gone.again')}</ButtonLink>
        </p>
      </Screen>
    </div>
  )
}

// A PIN is no password for the browser to remember; it is only not to be read over one's shoulder.
function Pin({ t, id, label, hint }: { t: T; id: string; label: string; hint?: string }) {
  return (
    <div class="tv-pin">
      <TextInput t={t} id={id} name={id} label={label} hint={hint} width={10} inputMode="numeric" spellcheck={false} />
    </div>
  )
}

function Setup({ t }: { t: T }) {
  return (
    <Screen name="setup">
      <BackLink href="/">{t('field.rest')}</BackLink>
      <h1>{t('field.setup.title')}</h1>
      <p class="tv-lead">{t('field.setup.lead')}</p>
      <form data-form="setup" novalidate>
        <Wrong />
        <p data-put="sign-in" hidden>
          <a href="/sign-in?to=/field">{t('field.signIn')}</a>
        </p>
        <Radios
          {...{ t, id: 'kind', name: 'kind', label: t('field.kind'), inline: true, small: true, value: 'phone' }}
          options={kinds.map((kind) => ({ value: kind, label: t(`field.kind.${kind}`) }))}
        />
        <Pin t={t} id="pin" label={t('field.setup.pin')} hint={t('field.setup.pinHint')} />
        <Pin t={t} id="pinAgain" label={t('field.setup.again')} />
        <ButtonGroup>
          <Button atOnce>{t('field.setup.do')}</Button>
          <span data-put="passkey" hidden>
            <Do what="setup-passkey">{t('field.setup.passkey')}</Do>
          </span>
        </ButtonGroup>
      </form>
      <Callout>
        <p>{t('field.setup.what')}</p>
      </Callout>
    </Screen>
  )
}

function Locked({ t }: { t: T }) {
  return (
    <Screen name="locked">
      <h1>{t('field.locked.title')}</h1>
      <p data-put="waiting" />
      <p class="tv-quiet" data-put="left" />
      <form data-form="unlock" novalidate>
        <Wrong />
        <div data-put="by-pin">
          <Pin t={t} id="openPin" label={t('field.locked.pin')} />
          <Button atOnce>{t('field.locked.open')}</Button>
        </div>
      </form>
      <p data-put="by-passkey" hidden>
        <Do what="unlock-passkey">{t('field.locked.passkey')}</Do>
      </p>
      <p>
        <Do what="wipe" kind="quiet">
          {t('field.wipe')}
        </Do>
      </p>
      <p class="govuk-error-message" role="alert" data-put="sure" />
    </Screen>
  )
}
