// In a demonstration: whom does the visitor want to be?
import type { Context } from 'hono'
import { knock } from '../../core/db.server.ts'
import { NotFound } from '../../core/errors.ts'
import type { FormPage } from '../../core/form/form.tsx'
import type { Env, Handler, Page } from '../../core/page.tsx'
import { setSessionCookie } from '../../core/session.server.ts'
import { type Role, roles } from '../../core/user.ts'
import type { T } from '../../i18n/i18n.ts'
import { Button } from '../../ui/buttons.tsx'
import { demoLimits, deviceOf, safePath } from '../access.ts'
import { openSession } from '../door.server.ts'
import { openPage } from './step.server.ts'

type Player = { person_id: string; name: string; email: string; role: Role; network: string | null }

const groups = {
  lead: ['coordinator', 'manager'],
  help: ['volunteer', 'supervisor'],
  network: ['lead', 'member', 'referrer'],
  watch: ['admin', 'auditor', 'trainer', 'steering'],
} as const satisfies Record<string, readonly Role[]>
const cards = 2

export const demoPage: Page = {
  operations: [],
  get: inDemo(async (c) => {
    const people = await castOf()
    return openPage(c, 'access.demo.title', (page) => (
      <Demo page={page} people={people} to={safePath(c.req.query('to'))} />
    ))
  }),
  post: inDemo(async (c) => {
    const people = await castOf()
    const chosen = people.filter((player) => player.person_id === c.get('values').person)
    if (!chosen[0]) throw new NotFound()
    const who = { id: chosen[0].person_id, roles: chosen.map((player) => player.role) }
    const way = { method: 'demo', device: deviceOf(c.req.header('user-agent')), limits: demoLimits } as const
    setSessionCookie(c, await openSession(who, way, c.get('me')), c.get('frame').secure)
    return c.redirect(safePath(c.get('values').to), 303)
  }),
}

// With real data this page does not exist.
function inDemo(handler: Handler): Handler {
  return async (c: Context<Env>) => {
    if (!c.get('frame').demo) throw new NotFound()
    return handler(c)
  }
}

/** Everyone with a role, in the order in which they came: those of the tour first. */
async function castOf(): Promise<Player[]> {
  const people = await knock<Player>('door_cast', [])
  return people.filter((player) => (roles as readonly string[]).includes(player.role))
}

function Demo({ page, people, to }: { page: FormPage; people: Player[]; to: string }) {
  const { t } = page
  return (
    <form method="post" action="/demo">
      <h1>{t('access.demo.title')}</h1>
      <p class="tv-lead">{t('access.demo.text')}</p>
      <input type="hidden" name="to" value={to} />
      {(Object.keys(groups) as (keyof typeof groups)[]).map((group) => {
        const inGroup = groups[group].map((role) => people.filter((player) => player.role === role))
        return inGroup.some((players) => players.length > 0) ? (
          <section>
            <h2>{t(`access.demo.group.${group}`)}</h2>
            <div class="tv-columns">
              {inGroup
                .flatMap((players) => players.slice(0, cards))
                .map((player) => (
                  <PlayerCard t={t} player={player} />
                ))}
            </div>
            <Others t={t} players={inGroup.flatMap((players) => players.slice(cards))} />
          </section>
        ) : null
      })}
    </form>
  )
}

function PlayerCard({ t, player }: { t: T; player: Player }) {
  return (
    <div class="tv-card">
      <h3>{player.name}</h3>
      <p>
        <strong>{roleOf(t, player)}</strong>
        <br />
        {player.role === 'system' ? null : t(`access.demo.does.${player.role}`)}
      </p>
      <Button kind="secondary" name="person" value={player.person_id} about={player.name}>
        {t('access.demo.go')}
      </Button>
    </div>
  )
}

function Others({ t, players }: { t: T; players: Player[] }) {
  if (players.length === 0) return null
  return (
    <details>
      <summary>{t('access.demo.others', { count: players.length })}</summary>
      <ul>
        {players.map((player) => (
          <li>
            <Button kind="quiet" name="person" value={player.person_id}>
              {`${player.name} – ${roleOf(t, player)}`}
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

const roleOf = (t: T, player: Player): string =>
  `${t(`core.role.${player.role}`)}${player.network ? ` · ${player.network}` : ''}`
