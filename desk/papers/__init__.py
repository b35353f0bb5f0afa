"""Papers made of saved rows, nothing retyped: 考勤表, 接待登记表, 走访登记表, 驻点日志, 民情日记, 会议签到表.

``kinds.py`` says what each is made of, ``day.py`` and ``diary.py`` and ``meeting.py`` fill them in from the rows one
reader may see, ``rows.py`` reads and counts them, ``words.py`` has the sentences. Templates: ``liaison/documents/``.
"""
