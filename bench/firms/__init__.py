"""Invented firms for the benches of lists: a register as large as the province's, and what offices
write of the same firms. Nothing here is a real firm: NIK use district 99, NPWP tax office 000,
NIB day 00."""
