"""From the reference notebook to the students' one."""
