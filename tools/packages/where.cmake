# Where the packages of package-lock.json are: the folder that $CORROB_NPM_DIR names, which
# must be complete, else node_modules of this folder, to be fetched when it is not.
set(CORROB_NPM_DIR ${CMAKE_SOURCE_DIR}/node_modules)
if(DEFINED ENV{CORROB_NPM_DIR})
    set(CORROB_NPM_DIR $ENV{CORROB_NPM_DIR})
endif()
