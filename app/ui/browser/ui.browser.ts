// What do scripts add to pages that already work without them?
import { Button, CharacterCount, createAll, ErrorSummary, PasswordInput, SkipLink } from 'govuk-frontend'
import { QuietExit } from './exit.ts'
import { closeMeanings, closeMenusOutside } from './menu.ts'

// Set here and not in the page: where this file fails to load, nothing is hidden that only it could show.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')

for (const Part of [QuietExit, Button, CharacterCount, ErrorSummary, PasswordInput, SkipLink]) {
  createAll(Part)
}
// What few pages have comes only to those.
const dates = document.querySelectorAll<HTMLElement>('[data-module="tv-date"]')
if (dates.length > 0) void import('./date-picker.ts').then(({ addCalendar }) => dates.forEach(addCalendar))
if (document.querySelector('form[data-draft]')) void import('./drafts.ts')
closeMenusOutside()
closeMeanings()

const refresh = Number(document.body.dataset.refresh)
if (refresh > 0) window.setTimeout(() => window.location.reload(), refresh * 1000)
