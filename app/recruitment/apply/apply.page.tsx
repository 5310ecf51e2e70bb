// What does somebody see who wants to help and has no account?
import { randomUUID } from 'node:crypto'
import type { Context } from 'hono'
import { speaks } from '../../access/sign-in/language.ts'
import { openPage } from '../../access/sign-in/step.server.ts'
import { now } from '../../core/clock.server.ts'
import { invalid } from '../../core/form/fields.ts'
import { Field, Form, type FormPage } from '../../core/form/form.tsx'
import type { Env, Page } from '../../core/page.tsx'
import { addressOf } from '../../core/turn/address.ts'
import { formatInstant, formatTime, isoDate } from '../../i18n/format.ts'
import { type Args, type Key, translator } from '../../i18n/i18n.ts'
import { shortCounty } from '../../partners/county.ts'
import { BackLink, Button, ButtonLink } from '../../ui/buttons.tsx'
import { Callout, Confirmation, Phones } from '../../ui/panel.tsx'
import { handIn, type Terms, termsOfApplying } from './apply.server.ts'
import { Apply, callFrom, trap } from './apply.ts'

const tab = 'recruitment.apply.tab'
const formId = 'application'

const about = async (c: Context<Env>, call: string | null) => {
  const terms = await termsOfApplying()
  return openPage(c, tab, (page) => <About page={page} terms={terms} call={call} />)
}

/** What it is about; the next page asks. */
export const applyPage: Page = { operations: [], get: (c) => about(c, null) }

/** The same by the short link of a call. A call that there is not leads to the page all the same. */
export const callPage: Page = { operations: [], get: (c) => about(c, callFrom(c.req.param('code'))) }

function About({ page: { t }, terms, call }: { page: FormPage; terms: Terms; call: string | null }) {
  const list = (key: Key) => (
    <ul>
      {t(key)
        .split('\n')
        .map((line) => (
          <li>{line}</li>
        ))}
    </ul>
  )
  return (
    <div class="tv-narrow">
      <h1>{t('recruitment.apply.title')}</h1>
      <p class="tv-lead">{t('recruitment.apply.lead')}</p>
      <h2>{t('recruitment.apply.do')}</h2>
      {list('recruitment.apply.doText')}
      <h2>{t('recruitment.apply.give')}</h2>
      {list('recruitment.apply.giveText')}
      <h2>{t('recruitment.apply.how')}</h2>
      <p>{t('recruitment.apply.howText', { days: terms.days })}</p>
      <ButtonLink href={`/apply/form${call ? `?call=${call}` : ''}`}>{t('recruitment.apply.begin')}</ButtonLink>
      <Callout>
        <p>
          <Phones text={t('recruitment.apply.needHelp')} />
        </p>
      </Callout>
    </div>
  )
}

type Shown = Parameters<typeof openPage>[3]

async function showForm(c: Context<Env>, more: Shown = {}, known?: Terms) {
  const terms = known ?? (await termsOfApplying())
  return openPage(c, tab, (page) => <Asked page={page} terms={terms} />, { ...more, form: formId })
}

export const applyFormPage: Page = {
  operations: [],
  get: (c) => showForm(c, { values: { call: callFrom(c.req.query('call')) ?? '' } }),
  post: async (c) => {
    const values = c.get('values')
    // What a program fills in is thrown away; it hears nothing of that.
    if (values[trap]) return c.redirect('/apply/thanks', 303)
    if (speaks(c)) return showForm(c, { values: kept(values) })
    const terms = await termsOfApplying()
    const say = saying(c)
    const read = Apply.safeParse(values)
    if (!read.success) {
      const fields = Object.entries(invalid(read.error).fields)
      const errors = Object.fromEntries(fields.map(([name, { key, args }]) => [name, say(key, args)]))
      return showForm(c, { status: 422, values: kept(values), errors }, terms)
    }
    if (!terms.counties.some(({ code }) => code === read.data.county))
      return showForm(c, { status: 422, values: kept(values), errors: { county: say('core.error.choose') } }, terms)
    const sent = { once: onceFrom(values.once), locale: c.get('locale'), call: callFrom(values.call) }
    const wait = await handIn(read.data, { ...sent, address: addressOf(c) })
    if (wait === 0) return c.redirect('/apply/thanks', 303)
    c.header('retry-after', String(wait))
    const errors = { '': say('recruitment.apply.wait', { when: soonest(wait) }) }
    return showForm(c, { status: 429, values: kept(values), errors }, terms)
  },
}

const saying = (c: Context<Env>) => (key: Key, args?: Args) => translator(c.get('locale'))(key, args)

// A form that came back says that it did, so that a box left empty stays empty.
const kept = (values: Record<string, unknown>) => ({ ...values, _csrf: '' })

const onceFrom = (typed: unknown): string =>
  typeof typed === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(typed) ? typed : randomUUID()

/** `14.30`, or with its day where that is not today. */
function soonest(seconds: number): string {
  const when = new Date(now().getTime() + seconds * 1000 + 59_000)
  return isoDate(when) === isoDate(now()) ? formatTime(when) : formatInstant(when)
}

function Asked({ page, terms }: { page: FormPage; terms: Terms }) {
  const { t, values } = page
  const options = terms.counties.map(({ code }) => ({ value: code, label: shortCounty(terms.counties, code) }))
  const call = String(values.call ?? '')
  const field = { page, of: Apply }
  return (
    <div class="tv-narrow">
      <BackLink href={call ? `/apply/c/${call}` : '/apply'}>{t('recruitment.apply.title')}</BackLink>
      <h1>{t('recruitment.apply.form')}</h1>
      <p class="tv-lead">{t('recruitment.apply.formLead')}</p>
      <Form page={page} to="/apply/form" id={formId}>
        <input type="hidden" name="once" value={onceFrom(values.once)} />
        <input type="hidden" name="call" value={call} />
        <Trap label={t('recruitment.apply.trap')} />
        <Field {...field} name="name" autocomplete="name" />
        <Field {...field} name="email" autocomplete="email" />
        <Field {...field} name="phone" autocomplete="tel" width={20} />
        <Field {...field} name="county" list options={options} />
        <Field {...field} name="firstLanguage" list />
        <Field {...field} name="languages" />
        <Field {...field} name="why" rows={6} />
        <Field {...field} name="availability" rows={4} />
        <Field {...field} name="source" />
        <h2>{t('recruitment.apply.notice')}</h2>
        <p>{t('recruitment.apply.noticeText', { months: terms.months })}</p>
        <p>
          <a href="/privacy">{t('recruitment.apply.noticeMore')}</a>
        </p>
        <Button>{t('recruitment.apply.send')}</Button>
      </Form>
    </div>
  )
}

// Nobody sees, hears or reaches it; programs that fill in whatever there is do.
function Trap({ label }: { label: string }) {
  return (
    <div class="govuk-visually-hidden" aria-hidden="true">
      <label for={trap}>{label}</label>
      <input type="text" id={trap} name={trap} tabindex={-1} autocomplete="off" />
    </div>
  )
}

export const applyThanksPage: Page = {
  operations: [],
  get: async (c) => {
    const { days } = await termsOfApplying()
    return openPage(c, tab, ({ t }) => (
      <div class="tv-narrow">
        <Confirmation title={t('recruitment.thanks.title')}>
          <p>{t('recruitment.thanks.text', { days })}</p>
        </Confirmation>
        <h2>{t('recruitment.thanks.next')}</h2>
        <ol>
          {t('recruitment.thanks.nextText', { days })
            .split('\n')
            .map((line) => (
              <li>{line}</li>
            ))}
        </ol>
        <p>{t('recruitment.thanks.letter')}</p>
      </div>
    ))
  },
}
