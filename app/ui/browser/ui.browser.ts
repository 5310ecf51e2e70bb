// What do scripts add to pages that already work without them?
import { Button, CharacterCount, createAll, ErrorSummary, PasswordInput, SkipLink } from 'govuk-frontend'
import { addCalendar } from './date-picker.ts'
import { QuietExit } from './exit.ts'
import { closeMeanings, closeMenusOutside } from './menu.ts'

// Set here and not in the page: where this file fails to load, nothing is hidden that only it could show.
document.body.classList.add('js-enabled', 'govuk-frontend-supported')

for (const Part of [QuietExit, Button, CharacterCount, ErrorSummary, PasswordInput, SkipLink]) {
  createAll(Part)
}
for (const root of document.querySelectorAll<HTMLElement>('[data-module="tv-date"]')) addCalendar(root)
closeMenusOutside()
closeMeanings()

const refresh = Number(document.body.dataset.refresh)
if (refresh > 0) window.setTimeout(() => window.location.reload(), refresh * 1000)
