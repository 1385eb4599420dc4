import pytest

from sources.formats.files.cell_format import shown


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        (1234.5, "#,##0.00", "1,234.50"),
        (0.125, "0.0%", "12.5%"),
        (-5, "0;(0)", "(5)"),
        (1234.5, "#,##0.00 [$€-40C]", "1,234.50 €"),
        (12345678, '#,##0.0,,"M"', "12.3M"),
        (7, "000", "007"),
        (0.1 + 0.2, "General", "0.3"),
        (1e300, "0.00", "1.00000E+300"),
        (float("nan"), "0", "NAN"),
        (True, "General", "TRUE"),
    ],
)
def test_a_number_is_written_as_its_cell_shows_it(value, form, said):
    assert shown(value, form) == said
