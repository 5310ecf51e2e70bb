// What did somebody say who leaves?
import { formatDate } from '../../i18n/format.ts'
import type { T } from '../../i18n/i18n.ts'
import { Summary } from '../../ui/summary.tsx'
import { exitQuestions } from './exit.ts'
import type { ExitTalk } from './exits.server.ts'

export function HeldExits({ t, held }: { t: T; held: readonly ExitTalk[] }) {
  return (
    <>
      {held.map((one) => (
        <section>
          <h3>{t('papers.exit.held', { date: formatDate(one.heldOn) })}</h3>
          <p class="tv-quiet">{one.by}</p>
          <Summary
            rows={[
              ...exitQuestions.map((name) => {
                const said = one.answers?.[name]
                return said ? { name: t(`papers.exit.${name}`), value: <span class="tv-written">{said}</span> } : null
              }),
              { name: t('papers.exit.back'), value: t(`papers.exit.says.${one.back}`) },
            ]}
          />
        </section>
      ))}
    </>
  )
}
