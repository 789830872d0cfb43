"""What is due and when: the plan's calendar, the day's reminders, and the board's front page.

choices            kinds and states of a line
models             Frist (a day that a person sets), reminders sent, subscriptions
queries            kalenderregler (pure functions), kalender, paamindelse, venter_paa_bestyrelsen
forside            what waits for a person, on the front page of all plans
ical, planfil      the calendar as a feed; the plan's own days in the plan file
actions            report as done, set a day, subscribe, send what is due (`manage.py daglig`)
forms, views       the calendar, and the board's front page
"""
