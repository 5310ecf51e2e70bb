// How is somebody named who was called otherwise when it happened?
import type { T } from './i18n.ts'

/** "Kai Näidis-Uus (siis Kai Näidis-Vana)"; `then` is null where it was the same name. */
export const nameThen = (t: T, name: string, then: string | null | undefined): string =>
  then ? t('core.nameThen', { name, then }) : name
