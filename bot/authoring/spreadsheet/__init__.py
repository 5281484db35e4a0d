"""How does knowledge go into a workbook and come back?"""
