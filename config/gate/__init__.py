"""What stands before every uploaded byte, whichever room it is for: the list of what a door lets
in, the fence around the child that opens it, and the antivirus. Plain Python, known to all rooms.
"""
