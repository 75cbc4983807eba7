"""Reading the spreadsheets of the office: pure rules, without database and without HTTP."""
