"""全年安排表: a year's plans of every village as rows of cells, read from the page, from last year, from Excel."""
