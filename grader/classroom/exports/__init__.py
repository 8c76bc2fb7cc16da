"""The way back: a batch's scores in the tables of the systems that classes use.

Hand-ins are matched with people on ids alone, and letter by letter. Who can't be matched is
listed with the reason; nobody is found by a name that looks alike. What has no score is never
exported as a number.
"""
