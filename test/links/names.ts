// How are the names of an invented Estonia written by different people? Made by rules of spelling, not by those that find them again.
import type { Random } from '../../db/seed/random.ts'

export const words = (text: string) => text.trim().split(/\s+/)

const given =
  words(`Anna Mari Kadri Liis Õnne Külli Pille Sirje Tiiu Maarja Kersti Ülle Hõbe Epp Ragne Reet Väino Jüri Märt Tõnu Jaan Peeter
  Andres Rein Toomas Ööbik Kalev Ülo Mihkel Tõnis Siim Heiki Jäägup Õie Lääne Kärt Hädda Mõmmik Säde Jõgeva Aime Katrin Laine Signe Heli Ene Anu Jaak Urmas`)
const stems = words(
  `Kivi Lepa Saare Mäe Põllu Õuna Kuuse Raja Välja Üla Jõe Metsa Nõmme Sõstra Rähni Tamme Kase Jänese Soo Laane Öö Haava Hõbe Künka Vee`,
)
const ends = words(`mägi saar pere nurm puu org lind soo pärn väli kask järv mets oja põld süld maa rand sõõr ots`)
const plain = words(
  `Tamm Saar Sepp Mägi Kask Kukk Rebane Ilves Pärn Koppel Luik Kaasik Oja Raudsepp Vaher Lepik Põder Kütt Õun Žukker Hirv Šmidt Jõgi Rüütel Kõiv`,
)
const estonian = [...plain, ...stems.flatMap((stem) => ends.map((end) => stem + end))]
const russianGiven =
  words(`Елена Юлия Татьяна Наталья Ксения Мария Людмила Светлана Жанна Эльвира Юрий Сергей Алексей Михаил Дмитрий Евгений Фёдор Виктор Игорь
  Илья Яков Семён Шамиль Андрей Вячеслав`)
const russian =
  words(`Иванов Петров Смирнов Кузнецов Щербаков Волков Жуков Быков Чайкин Соловьёв Хохлов Цветков Юдин Яковлев Ершов Фомичёв Шевченко Рыжов
  Александров Мухин Ильин Зуев Крылов Ефимов Калинин Тихонов Воробьёв Сысоев Дьячков Гаврилов`)

// A few names are many people's, most are few people's.
const common = <V>(random: Random, list: readonly V[]): V => list[Math.floor(random.next() ** 1.7 * list.length)] as V

export type Name = { given: string; family: string; russian: boolean; woman: boolean }

export function nameOf(random: Random): Name {
  const woman = random.chance(0.5)
  if (random.chance(0.3)) {
    const family = common(random, russian)
    const own = woman && /[вн]$/.test(family) ? `${family}а` : family
    return { given: common(random, russianGiven), family: own, russian: true, woman }
  }
  return { given: common(random, given), family: common(random, estonian), russian: false, woman }
}

// The state's table for Estonian names in Russian.
const vowels = 'aeiouõäöüAEIOUÕÄÖÜ'
export function inRussian(text: string): string {
  const pairs: Record<string, string> = {
    ja: 'я',
    je: 'е',
    jo: 'ё',
    ju: 'ю',
    jä: 'я',
    jö: 'ё',
    jü: 'ю',
    jõ: 'йы',
    ts: 'ц',
  }
  const letters: Record<string, string> = {
    ...{
      a: 'а',
      b: 'б',
      c: 'к',
      d: 'д',
      f: 'ф',
      g: 'г',
      h: 'х',
      i: 'и',
      j: 'й',
      k: 'к',
      l: 'л',
      m: 'м',
      n: 'н',
      o: 'о',
      p: 'п',
      r: 'р',
    },
    ...{ s: 'с', š: 'ш', z: 'з', ž: 'ж', t: 'т', u: 'у', v: 'в', õ: 'ы', ü: 'ю' },
  }
  let made = ''
  for (let at = 0; at < text.length; at++) {
    const low = text.slice(at).toLowerCase()
    const begins = at === 0 || /[\s-]/.test(text[at - 1] ?? '') || vowels.includes(text[at - 1] ?? '')
    const pair = pairs[low.slice(0, 2)]
    if (pair) at++
    const one = low[0] ?? ''
    made +=
      pair ??
      (one === 'e'
        ? begins
          ? 'э'
          : 'е'
        : one === 'ä'
          ? begins
            ? 'э'
            : 'я'
          : one === 'ö'
            ? begins
              ? 'э'
              : 'ё'
            : (letters[one] ?? one))
  }
  return made.replace(/(^|[\s-])(\p{L})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase())
}

const latin = {
  // As Estonia, as the English and as passports write Russian names.
  estonian: {
    ж: 'ž',
    х: 'h',
    ц: 'ts',
    ч: 'tš',
    ш: 'š',
    щ: 'štš',
    ы: 'õ',
    э: 'e',
    ю: 'ju',
    я: 'ja',
    ё: 'jo',
    й: 'i',
    ь: '',
    ъ: '',
  },
  english: {
    ж: 'zh',
    х: 'kh',
    ц: 'ts',
    ч: 'ch',
    ш: 'sh',
    щ: 'shch',
    ы: 'y',
    э: 'e',
    ю: 'yu',
    я: 'ya',
    ё: 'yo',
    й: 'y',
    ь: '',
    ъ: '',
  },
  passport: {
    ж: 'zh',
    х: 'kh',
    ц: 'ts',
    ч: 'ch',
    ш: 'sh',
    щ: 'shch',
    ы: 'y',
    э: 'e',
    ю: 'iu',
    я: 'ia',
    ё: 'e',
    й: 'i',
    ь: '',
    ъ: 'ie',
  },
} satisfies Record<string, Record<string, string>>
const base: Record<string, string> = {
  ...{
    а: 'a',
    б: 'b',
    в: 'v',
    г: 'g',
    д: 'd',
    е: 'e',
    з: 'z',
    и: 'i',
    к: 'k',
    л: 'l',
    м: 'm',
    н: 'n',
    о: 'o',
    п: 'p',
    р: 'r',
    с: 's',
  },
  ...{ т: 't', у: 'u', ф: 'f' },
}

function inLatin(text: string, habit: keyof typeof latin): string {
  const letters: Record<string, string> = { ...base, ...latin[habit] }
  const start = { estonian: 'je', english: 'ye', passport: 'e' }[habit]
  const made = text
    .toLowerCase()
    .replace(/(^|[\sаеёиоуыэюяьъ])е/g, (_, before: string) => before + (habit === 'passport' ? 'е' : `#`))
    .replace(/ий(?=\s|$)/g, habit === 'english' ? 'y' : 'i')
    .replace(/ь(?=[яюёе#])/g, habit === 'estonian' ? '' : 'ь')
    .replace(/[а-яё]/g, (letter) => letters[letter] ?? letter)
    .replaceAll('#', start)
  return made.replace(/(^|[\s-])(\p{L})/gu, (_, gap: string, letter: string) => gap + letter.toUpperCase())
}

export const unmarked = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '')
const swapped = (text: string, letters: Record<string, string>) =>
  text.replace(/[äöüõ]/gi, (one) => letters[one.toLowerCase()] ?? one)

/** The same Estonian or Russian words as somebody else would write them. */
export function written(random: Random, text: string, isRussian = false): string {
  if (isRussian) {
    const habit = random.pick(['estonian', 'english', 'passport', 'none', 'none'] as const)
    return habit === 'none' ? text : inLatin(text, habit)
  }
  return random.pick([
    (word: string) => word,
    (word: string) => word,
    (word: string) => word.normalize('NFD'),
    unmarked,
    (word: string) => unmarked(word).toUpperCase(),
    inRussian,
    inRussian,
    (word: string) => swapped(word, { ä: 'ae', ö: 'oe', ü: 'ue', õ: 'o' }),
    (word: string) => swapped(word, { ü: 'y' }),
  ])(text)
}

const order = (random: Random, one: string, other: string) =>
  random.pick([`${one} ${other}`, `${one} ${other}`, `${other} ${one}`, `${other}, ${one}`])
export const asLine = (random: Random, name: Name) =>
  order(random, written(random, name.given, name.russian), written(random, name.family, name.russian))

/** One letter typed wrongly, where a name has room for it. */
export function slipped(random: Random, word: string): string {
  const at = random.whole(1, word.length - 2)
  return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2)
}
