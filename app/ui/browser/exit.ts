// How does a person vanish from this page at once, leaving nothing behind the "back" button?
import { ExitThisPage } from 'govuk-frontend'

/** As the system's component, but it replaces the page in the history; the address it goes to ends the session. */
export class QuietExit extends ExitThisPage {
  override exitPage() {
    document.title = '…'
    document.body.classList.add('govuk-exit-this-page-hide-content')
    const cover = document.createElement('div')
    cover.className = 'govuk-exit-this-page-overlay'
    cover.setAttribute('role', 'alert')
    cover.textContent = this.i18n.t('activated')
    document.body.append(cover)
    window.location.replace(this.$button.href)
  }
}
