// Which password is easily told on a telephone, and not to be guessed?
import { randomInt } from 'node:crypto'

const [groups, digits] = [6, 4]

/** Figures in groups, as everybody reads out a card or an account: 24 of them, 79 bits. Nobody chooses one, nobody keeps it. */
export const drawPassword = (): string =>
  Array.from({ length: groups }, () => String(randomInt(10 ** digits)).padStart(digits, '0')).join('-')
