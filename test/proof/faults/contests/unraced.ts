// Which operations need no race, and why is it all the same who else does something at that moment?

type Kind = { why: string; names: readonly string[] }
const of = (why: string, names: string): Kind => ({ why, names: names.split(/\s+/) })

export const unraced: readonly Kind[] = [
  of(
    'of her own account, desk, notebook or draft alone: nobody else has the same in their hands',
    `access.prove access.signIn account.changeFactor account.changePassword account.endAll account.endSession account.renewCodes
     account.setLanguage account.update calendar.end calendar.make draft.save filter.drop filter.keep
     passkey.add passkey.rename relation.case relation.person relation.remove substitution.back substitution.begin
     case.refer case.refer.drop case.refer.save case.refer.start case.basis.picture.add expense.claim field.device.make
     glass.ask glass.end import.commit import.decide import.discard import.upload meeting.pledge referral.add support.report.write
     volunteer.circle.forget volunteer.circle.tell supervision.checkin.write`,
  ),
  of(
    'only adds a row of its own under the key of its form, and takes none away',
    `case.action.add case.adult.add case.child.add case.contact.plan case.incident case.link.tell case.perpetrator.add
     meeting.attendance.observer meeting.minutes.send paper.exit.add paper.make recruitment.interview.add
     recruitment.reference.ask recruitment.step recruitment.target.set substitution.promise.add supervision.away.tell
     supervision.session.plan support.help.ask support.next.plan support.visit.log volunteer.evidence.add volunteer.message.send`,
  ),
  of(
    'once by the key that a device gave it, whoever asks (app/field/together.test.ts)',
    'field.outing field.report field.sending field.visit',
  ),
  of(
    'says what holds from now on: the later word stands, the earlier is kept or stands in the log',
    `case.repeat.judge people.setCode report.capacity.say support.rhythm.agree volunteer.limits.tell volunteer.supervisor`,
  ),
  of('says what is as true when two say it', 'case.referred.read support.overdue.remind volunteer.message.read'),
  of(
    'looks, and writes down that it looked',
    `assignment.look case.basis.picture.take case.find case.plan.look case.reveal expense.receipt.take glass.reveal volunteer.reveal-code`,
  ),
  of('raced a thousand times by versions of one record (proveRaces)', 'volunteer.edit'),
]
