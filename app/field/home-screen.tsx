// What does she see of her own when the device is open: what waits, whom she helps and how, the month so far?
import type { T } from '../i18n/i18n.ts'
import { ButtonGroup } from '../ui/buttons.tsx'
import { Callout } from '../ui/panel.tsx'
import { Do, Screen } from './parts.tsx'

export function HomeScreen({ t }: { t: T }) {
  return (
    <Screen name="home">
      <h1>{t('field.title')}</h1>
      <p class="tv-lead" aria-live="polite" data-put="sync" />
      <p class="tv-quiet" role="status" data-put="said" hidden />
      <p data-put="over" hidden>
        <a href="/sign-in?to=/field">{t('field.signIn')}</a>
      </p>
      <ButtonGroup>
        <Do what="visit" kind="primary">
          {t('field.visit.add')}
        </Do>
        <Do what="help" kind="warning">
          {t('field.help.open')}
        </Do>
      </ButtonGroup>
      <div data-list="half" />
      <div data-list="refused" />
      <div data-list="outings" />
      <section>
        <h2>{t('field.supports')}</h2>
        <div data-list="cards" />
        <p data-put="no-cards">{t('field.supports.none')}</p>
      </section>
      <section>
        <h2>{t('field.months')}</h2>
        <div data-list="months" />
      </section>
      <section>
        <h2>{t('field.here')}</h2>
        <p class="tv-quiet" data-put="left" />
        <ButtonGroup>
          <Do what="lock">{t('field.lock')}</Do>
          <Do what="send">{t('field.send')}</Do>
          <Do what="wipe" kind="quiet">
            {t('field.wipe')}
          </Do>
        </ButtonGroup>
        <p class="govuk-error-message" role="alert" data-put="sure" />
        <p>
          <a href="/">{t('field.rest')}</a> · <a href="/my-devices">{t('field.devices.own')}</a>
        </p>
      </section>
      <Templates t={t} />
    </Screen>
  )
}

/** One of each thing there may be several of. */
function Templates({ t }: { t: T }) {
  return (
    <>
      <template data-one="card">
        <details class="tv-card">
          <summary>
            <strong data-put="number" />
          </summary>
          <p class="tv-quiet" data-put="more" />
          <div data-put="safety-part">
            <Callout kind="attention" title={t('matching.own.safety')}>
              <p data-put="safety" />
            </Callout>
          </div>
          <h3>{t('matching.own.tasks')}</h3>
          <p data-put="tasks" />
          <h3>{t('cases.safe.title')}</h3>
          <p data-put="contact" />
        </details>
      </template>
      <template data-one="half">
        <section class="tv-card">
          <h2>{t('field.half.title')}</h2>
          <p data-put="what" />
          <ButtonGroup>
            <Do what="go-on">{t('field.half.goOn')}</Do>
            <Do what="throw" kind="quiet">
              {t('field.half.throw')}
            </Do>
          </ButtonGroup>
          <p class="govuk-error-message" role="alert" data-put="sure" />
        </section>
      </template>
      <template data-one="outing">
        <section class="tv-card">
          <h2>
            <span data-put="name" />
          </h2>
          <p data-put="span" />
          <div class="tv-presses">
            <Do what="in">{t('support.outing.press.in')}</Do>
            <Do what="out" kind="primary">
              {t('support.outing.press.out')}
            </Do>
            <Do what="longer">{t('field.outing.longer')}</Do>
            <Do what="otherwise" kind="quiet">
              {t('support.outing.press.otherwise')}
            </Do>
          </div>
        </section>
      </template>
      <template data-one="month">
        <section>
          <h3>
            <span data-put="name" />
          </h3>
          <p data-put="sums" />
          <ul data-list="lines" />
          <div data-put="open">
            <p data-put="due" />
            <Do what="report">{t('field.report.write')}</Do>
          </div>
        </section>
      </template>
      <template data-one="refused">
        <div class="tv-callout tv-callout--attention">
          <p class="tv-callout__title">{t('field.refused.title')}</p>
          <p data-put="said" />
          <p class="tv-quiet" data-put="what" />
          <blockquote data-put="text" />
          <div data-put="theirs-part">
            <p>{t('field.refused.theirs')}</p>
            <blockquote data-put="theirs" />
          </div>
          <ButtonGroup>
            <Do what="again">{t('field.refused.again')}</Do>
            <Do what="edit">{t('field.refused.edit')}</Do>
            <Do what="discard" kind="quiet">
              {t('field.refused.discard')}
            </Do>
          </ButtonGroup>
        </div>
      </template>
    </>
  )
}
