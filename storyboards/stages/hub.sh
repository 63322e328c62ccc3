# Puts nbgrader's pages into the classic notebook.
jupyter nbextension install --sys-prefix --py nbgrader --overwrite
jupyter nbextension enable --sys-prefix --py nbgrader
jupyter serverextension enable --sys-prefix --py nbgrader
# Lists courses that have servers of their own, which this hub has not.
jupyter nbextension disable --sys-prefix --section=tree course_list/main
