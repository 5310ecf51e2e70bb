// Which day did somebody mean by what they typed?
import type { Key } from '../../i18n/i18n.ts'

/** `28.02.2026`, `28.2.26`, `28/02/2026` or `2026-02-28` → ISO; otherwise the sentence that says why not. */
export function readDate(text: string): { iso: string } | { problem: Key } {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text)
  const local = /^(\d{1,2})[.,/ ]\s?(\d{1,2})[.,/ ]\s?(\d{4}|\d{2})\.?$/.exec(text)
  if (!iso && !local) return { problem: 'core.error.dateForm' }
  const [year, month, day] = iso ? [iso[1], iso[2], iso[3]] : [local?.[3], local?.[2], local?.[1]]
  const full = Number(year) < 100 ? 2000 + Number(year) : Number(year)
  const made = new Date(Date.UTC(full, Number(month) - 1, Number(day)))
  const exists = made.getUTCMonth() === Number(month) - 1 && made.getUTCDate() === Number(day)
  if (!exists || full < 1900 || full > 2100) return { problem: 'core.error.dateMissingDay' }
  return { iso: made.toISOString().slice(0, 10) }
}
