# Where the packages of package-lock.json are: $CORROB_NPM_DIR, else as node looks for
# them: node_modules here or in a folder above, else here, to be fetched.
set(found ${CMAKE_SOURCE_DIR}/node_modules)
set(above ${CMAKE_SOURCE_DIR})
while(NOT EXISTS ${found}/world-atlas AND NOT above STREQUAL "/")
    get_filename_component(above ${above} DIRECTORY)
    if(EXISTS ${above}/node_modules/world-atlas)
        set(found ${above}/node_modules)
    endif()
endwhile()
if(DEFINED ENV{CORROB_NPM_DIR})
    set(found $ENV{CORROB_NPM_DIR})
endif()
set(CORROB_NPM_DIR ${found} CACHE PATH "node_modules with the packages of package-lock.json")
