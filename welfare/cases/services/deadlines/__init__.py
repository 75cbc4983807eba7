"""Writing deadlines: the rules, the stages of a case, telling people, reasons for delay."""
