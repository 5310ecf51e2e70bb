// Which parts of the system's scripts do we use? It ships no types of its own.
declare module 'govuk-frontend' {
  type Part = { new (root: Element): object; moduleName: string }
  export class ExitThisPage {
    static moduleName: string
    constructor(root: Element)
    protected i18n: { t(key: string): string }
    protected $button: HTMLAnchorElement
    exitPage(): void
  }
  export const Button: Part
  export const CharacterCount: Part
  export const ErrorSummary: Part
  export const PasswordInput: Part
  export const SkipLink: Part
  export function createAll(part: Part): object[]
}
